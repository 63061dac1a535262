import { simulationSettings } from '@mispriced/config/simulation-settings';
import * as pulumi from '@pulumi/pulumi';
import type { Settings } from '../settings/settings.ts';
import type { AppIdentity } from './identity.ts';
import type { KeyVault } from './key-vault.ts';
import type { Monitoring } from './monitoring.ts';
import type { Storage } from './storage.ts';

/** The secret that an account in key mode is reached with; rotation writes its new versions. */
const storageSecretName = 'storage--connection-string';

/** What the hybrid's service principal is made of; all of it stands in the vault. */
const hybridSecretNames = [
  'identity--client-id',
  'identity--client-secret',
  'identity--tenant-id',
  'key-vault--name',
] as const;

/** The app setting that overrides a configuration key: `a-b--c` is MISPRICED__A_B__C. */
export function settingNameOf(secretName: string): string {
  const parts = secretName.split('--').map((part) => part.replaceAll('-', '_').toUpperCase());
  return ['MISPRICED', ...parts].join('__');
}

type AppSettings = Record<string, pulumi.Input<string>>;

interface AppSettingsArgs {
  settings: Settings;
  identity: AppIdentity;
  storage: Storage;
  keyVault: KeyVault;
  monitoring: Monitoring;
}

/**
 * The app's whole environment. It replaces what was there, so that a setting made by hand does not
 * outlive the next `pulumi up`. No value here is a secret: a secret is a versionless reference,
 * which follows a rotation by itself.
 */
export function appSettings(args: AppSettingsArgs): AppSettings {
  const { settings, identity, storage, keyVault, monitoring } = args;
  const reference = (secretName: string) =>
    pulumi.interpolate`@Microsoft.KeyVault(SecretUri=${keyVault.vaultUri}secrets/${secretName})`;
  const references = Object.fromEntries(
    referencedSecretNames(settings).map((name) => [settingNameOf(name), reference(name)]),
  );
  return {
    ...hostStorageSettings(args, reference),
    APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.connectionString,
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: pulumi.interpolate`ClientId=${identity.clientId};Authorization=AAD`,
    MISPRICED__STAGE: settings.stack.kind,
    MISPRICED__RUN__MODE: settings.liveTrading ? 'live' : 'paper',
    MISPRICED__SCHEDULE__DAILY_TRADE: settings.schedule,
    ...(settings.timeZone !== null && { MISPRICED__SCHEDULE__TIME_ZONE: settings.timeZone }),
    // A preview runs once for each push, whatever has been run in its schedule's slots.
    ...(settings.runSlot !== null && { MISPRICED__RUN__SLOT: settings.runSlot }),
    ...(settings.venue !== null && {
      MISPRICED__VENUE__URL: settings.venue.url,
      MISPRICED__VENUE__ACCOUNT_ID: settings.venue.accountId,
      ...simulationSettings(settings.venue.url),
    }),
    MISPRICED__STORAGE__KIND: 'blob',
    // Without an account's address it is the connection string that says where, and with which key.
    ...(settings.storageAuth === 'identity' && {
      MISPRICED__STORAGE__ACCOUNT_URL: storage.blobEndpoint,
    }),
    ...signInSettings(args),
    ...references,
  };
}

/** Where the platform's own part of the app keeps its locks and timers: nothing here has a queue. */
function hostStorageSettings(
  args: AppSettingsArgs,
  reference: (secretName: string) => pulumi.Output<string>,
): AppSettings {
  if (args.settings.storageAuth === 'key') {
    return { AzureWebJobsStorage: reference(storageSecretName) };
  }
  return {
    AzureWebJobsStorage__credential: 'managedidentity',
    AzureWebJobsStorage__clientId: args.identity.clientId,
    AzureWebJobsStorage__blobServiceUri: args.storage.blobEndpoint,
  };
}

/** As whom the app's own code signs in, and whether it looks into a vault. */
function signInSettings({ settings, identity, keyVault }: AppSettingsArgs): AppSettings {
  const vault = { MISPRICED__KEY_VAULT__URL: keyVault.vaultUri };
  // All that the service principal is made of comes by reference, the vault's name as well.
  if (settings.secretsDelivery === 'hybrid') {
    return {
      MISPRICED__IDENTITY__KIND: 'service-principal',
      ...(settings.authorityUrl !== null && {
        MISPRICED__IDENTITY__AUTHORITY_URL: settings.authorityUrl,
      }),
      ...vault,
    };
  }
  return {
    MISPRICED__IDENTITY__KIND: 'managed',
    MISPRICED__IDENTITY__CLIENT_ID: identity.clientId,
    ...(settings.secretsDelivery === 'code' && {
      MISPRICED__KEY_VAULT__NAME: keyVault.vaultName,
      ...vault,
    }),
  };
}

function referencedSecretNames(settings: Settings): string[] {
  const hybrid = settings.secretsDelivery === 'hybrid' ? hybridSecretNames : [];
  const storage = settings.storageAuth === 'key' ? [storageSecretName] : [];
  return [...settings.referencedSecrets, ...hybrid, ...storage];
}
