export { isLoopbackUrl } from '@mispriced/core/domain/loopback';
export { asSettings } from './as-settings.ts';
export { ConfigError } from './config-error.ts';
export type { ExplainedValue } from './explained-value.ts';
export { explanationJson, formatExplanation } from './format-explanation.ts';
export type { AzureIdentity } from './identity/azure-identity.ts';
export { createCredential } from './identity/create-credential.ts';
export { createKeyVaultOpener, type OpenSecretSource } from './key-vault/open-key-vault.ts';
export { openSecretClient } from './key-vault/secret-client.ts';
export type { SecretReading, SecretSource } from './key-vault/secret-source.ts';
export type { VaultAccess } from './key-vault/vault-address.ts';
export { vaultError } from './key-vault/vault-error.ts';
export type { Override } from './layers/override-layer.ts';
export { readTextsFrom, readTextsIn, type ReadText } from './layers/standard-files.ts';
export {
  checkConfig,
  loadConfig,
  type ConfigCheck,
  type LoadConfigOptions,
} from './load-config.ts';
export { MissingKeyError, type LoadedConfig } from './loaded-config.ts';
export { describeSource, type ConfigProblem, type LayerName, type Source } from './problem.ts';
export { redact } from './redact.ts';
export { createJobSchedule, type JobSchedule } from './schedule/job-schedule.ts';
export { ScheduleError } from './schedule/ncrontab.ts';
export { parseSchedule, type Schedule } from './schedule/parse-schedule.ts';
export { parseTimeZone } from './schedule/time-zone.ts';
export {
  configSchema,
  findKey,
  keyOfSecretName,
  knownKeys,
  nearestKey,
  type ConfigKey,
  type ConfigValue,
  type ConfigValues,
} from './schema/config-schema.ts';
export { environmentName, keyVaultSecretName } from './schema/keys.ts';
export { Secret } from './secret.ts';
export {
  expectationHeader,
  expectSecret,
  formatExpectation,
  meetsExpectation,
  parseExpectation,
  type SecretExpectation,
} from './secret-proof.ts';
export { simulatedVenue, simulationSettings } from './simulation-settings.ts';
export { stageFromEnvironment } from './stage-from-environment.ts';
export { stages, stageVariable, type Stage } from './stage.ts';
export { openVaultAccess } from './vault-access.ts';
