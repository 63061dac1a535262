import * as pulumi from '@pulumi/pulumi';
import type { Settings } from '../settings/settings.ts';
import type { AppIdentity } from './identity.ts';
import type { KeyVault } from './key-vault.ts';
import type { Monitoring } from './monitoring.ts';
import type { Storage } from './storage.ts';

/** The secret that an account in key mode is reached with; rotation writes its new versions. */
export const storageSecretName = 'storage--connection-string';

/** What the hybrid's service principal is made of; all of it stands in the vault. */
export const hybridSecretNames = [
  'hybrid--client-id',
  'hybrid--client-secret',
  'hybrid--tenant-id',
  'hybrid--vault-name',
] as const;

/** The app setting that overrides a configuration key: `venue--api-key` is MISPRICED__VENUE__API_KEY. */
export function settingNameOf(secretName: string): string {
  const parts = secretName.split('--').map((part) => part.replaceAll('-', '_').toUpperCase());
  return ['MISPRICED', ...parts].join('__');
}

/**
 * The app's whole environment. It replaces what was there, so that a setting made by hand does not
 * outlive the next `pulumi up`. No value here is a secret: a secret is a versionless reference,
 * which follows a rotation by itself.
 */
export function appSettings(args: {
  settings: Settings;
  identity: AppIdentity;
  storage: Storage;
  keyVault: KeyVault;
  monitoring: Monitoring;
}): Record<string, pulumi.Input<string>> {
  const { settings, identity, storage, keyVault, monitoring } = args;
  const reference = (secretName: string) =>
    pulumi.interpolate`@Microsoft.KeyVault(SecretUri=${keyVault.vaultUri}secrets/${secretName})`;
  const references = Object.fromEntries(
    referencedSecretNames(settings).map((name) => [settingNameOf(name), reference(name)]),
  );
  const hostStorage =
    settings.storageAuth === 'key'
      ? { AzureWebJobsStorage: reference(storageSecretName) }
      : {
          AzureWebJobsStorage__credential: 'managedidentity',
          AzureWebJobsStorage__clientId: identity.clientId,
          AzureWebJobsStorage__blobServiceUri: storage.blobEndpoint,
          AzureWebJobsStorage__queueServiceUri: storage.queueEndpoint,
        };
  return {
    ...hostStorage,
    APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.connectionString,
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: pulumi.interpolate`ClientId=${identity.clientId};Authorization=AAD`,
    MISPRICED__STAGE: settings.stack.name,
    MISPRICED__RUN__MODE: settings.liveTrading ? 'live' : 'paper',
    MISPRICED__SCHEDULE__DAILY_TRADE: settings.schedule,
    MISPRICED__SCHEDULE__TIME_ZONE: settings.timeZone,
    MISPRICED__IDENTITY__CLIENT_ID: identity.clientId,
    MISPRICED__STORAGE__BLOB_URL: storage.blobEndpoint,
    // Without it the app does not look into a vault at all.
    ...(settings.secretsDelivery === 'code' && {
      MISPRICED__KEY_VAULT__URL: keyVault.vaultUri,
    }),
    ...references,
  };
}

function referencedSecretNames(settings: Settings): string[] {
  const hybrid = settings.secretsDelivery === 'hybrid' ? hybridSecretNames : [];
  const storage = settings.storageAuth === 'key' ? [storageSecretName] : [];
  return [...settings.referencedSecrets, ...hybrid, ...storage];
}
