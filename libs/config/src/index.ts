export { asSettings } from './as-settings.ts';
export { checkConfig, type ConfigCheck } from './check-config.ts';
export { ConfigError } from './config-error.ts';
export { explanationJson, formatExplanation } from './format-explanation.ts';
export { createCredential, type AzureIdentity } from './identity/create-credential.ts';
export { createKeyVaultOpener } from './key-vault/open-key-vault.ts';
export { openSecretClient } from './key-vault/secret-client.ts';
export type { OpenSecretSource, SecretReading, SecretSource } from './key-vault/secret-source.ts';
export { vaultError } from './key-vault/vault-error.ts';
export type { Override } from './layers/override-layer.ts';
export { readTextsFrom, readTextsIn, type ReadText } from './layers/standard-files.ts';
export { loadConfig, type LoadConfigOptions } from './load-config.ts';
export type { ExplainedValue, LoadedConfig } from './loaded-config.ts';
export { MissingKeyError } from './missing-key-error.ts';
export { describeSource, type ConfigProblem, type LayerName, type Source } from './problem.ts';
export { redact } from './redact.ts';
export { createJobSchedule, type JobSchedule } from './schedule/job-schedule.ts';
export { parseSchedule, type Schedule } from './schedule/parse-schedule.ts';
export { ScheduleError } from './schedule/schedule-error.ts';
export { parseTimeZone } from './schedule/time-zone.ts';
export { isLoopbackUrl } from './schema/addresses.ts';
export {
  configSchema,
  type ConfigKey,
  type ConfigValue,
  type ConfigValues,
} from './schema/config-schema.ts';
export {
  environmentName,
  findKey,
  keyOfSecretName,
  keyVaultSecretName,
  knownKeys,
  nearestKey,
} from './schema/keys.ts';
export { Secret } from './secret.ts';
export {
  expectationHeader,
  expectSecret,
  formatExpectation,
  meetsExpectation,
  parseExpectation,
  type SecretExpectation,
} from './secret-proof.ts';
export { stageFromEnvironment } from './stage-from-environment.ts';
export { stages, stageVariable, type Stage } from './stage.ts';
export { openVaultAccess, type VaultAccess } from './vault-access.ts';
