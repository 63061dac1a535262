export { type ArmAnswer, ArmClient, type ArmRequest, type Json } from './arm/arm-client.ts';
export type { ArmConnection, CloudConnection } from './arm/arm-connection.ts';
export { ArmError } from './arm/arm-error.ts';
export { purgeVault } from './arm/purge-vault.ts';
export { changedPaths, type DifferingPath, differingPaths } from './changed-paths.ts';
export { connectToCloud } from './cloud/connect-to-cloud.ts';
export { type AzureEndpoints, endpointsAt, publicCloud } from './cloud/endpoints.ts';
export { findSite } from './function-app/find-site.ts';
export {
  type FunctionApp,
  type HostStatus,
  hostStatusIn,
  openFunctionApp,
  type ReferenceState,
} from './function-app/function-app.ts';
export type { HostAnswer } from './function-app/host-probe.ts';
export { listSites, readSite, type Site, type SiteIdentity } from './function-app/read-site.ts';
export { isObject } from './is-object.ts';
export {
  isReference,
  type KeyVaultReference,
  parseReference,
  versionlessReference,
} from './key-vault-reference.ts';
export { type Clock, systemClock, waitUntil } from './wait-until.ts';
