export type { SignIn } from '../services/identity/sign-in.ts';
export {
  createDeploymentService,
  type DeploymentService,
} from '../services/web/deployment/deployment-service.ts';
export { functionAppsService } from '../services/web/function-apps-service.ts';
export { createPackagedSites, type PackagedSites } from '../services/web/hosting/packaged-sites.ts';
export { createFolderPackages } from '../services/web/hosting/site-packages.ts';
export type { StorageAccountKeys } from '../services/storage/azurite/account-keys.ts';
export { type Azurite, startAzurite } from '../services/storage/azurite/start-azurite.ts';
export type {
  HostKeys,
  RunnableSite,
  SiteFunction,
  SiteRuntime,
  SiteStatus,
} from '../services/web/site-runtime.ts';
export type { Addresses, HostKind } from './addresses.ts';
export { nodeClientEnvironment } from './client/client-environment.ts';
export { trustLocalCloud } from './client/trust-local-cloud.mjs';
export type { CloudSettings } from './control/cloud-settings.ts';
export type { Fault } from './control/fault-plan.ts';
export type { RecordedRequest } from './control/request-record.ts';
export { localDown } from './daemon/local-down.ts';
export { localEnv } from './daemon/local-env.ts';
export { followLocalLogs, localLogs } from './daemon/local-logs.ts';
export { localReset } from './daemon/local-reset.ts';
export { localStatus, type LocalStatus } from './daemon/local-status.ts';
export { localUp } from './daemon/local-up.ts';
export { marketService } from './daemon/market-service.ts';
export type { LocalCloud } from './local-cloud.ts';
export type { CloudService } from './service.ts';
export { startLocalCloud } from './start-local-cloud.ts';
