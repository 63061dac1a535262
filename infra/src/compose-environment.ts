import { ResourceGroup } from '@pulumi/azure-native/resources/resourceGroup.js';
import type * as pulumi from '@pulumi/pulumi';
import { appSettings } from './components/app-settings.ts';
import { AppIdentity } from './components/identity.ts';
import { KeyVault } from './components/key-vault.ts';
import { Monitoring } from './components/monitoring.ts';
import { MonthlyBudget } from './components/monthly-budget.ts';
import { Storage } from './components/storage.ts';
import { StrategyApp } from './components/strategy-app.ts';
import { resourceName } from './naming.ts';
import type { Settings } from './settings/settings.ts';
import { keepsState } from './stack.ts';
import { tagsOf } from './tags.ts';

/** What other commands need in order to find an environment. None of it is a secret. */
export type EnvironmentOutputs = Record<string, pulumi.Input<string | null>>;

/** Everything that one environment is made of, in the order in which it has to exist. */
export function composeEnvironment(settings: Settings): EnvironmentOutputs {
  const { stack } = settings;
  const kept = { protect: keepsState(stack) };
  const group = new ResourceGroup(
    resourceName('resourceGroup', stack),
    { location: settings.location, tags: tagsOf(settings) },
    kept,
  );
  const common = { settings, resourceGroupName: group.name };

  const identity = new AppIdentity('identity', common);
  const storage = new Storage('storage', { ...common, identity }, kept);
  const keyVault = new KeyVault('key-vault', { ...common, identity }, kept);
  const monitoring = new Monitoring('monitoring', { ...common, identity });
  const app = new StrategyApp('strategy-app', {
    ...common,
    identityId: identity.id,
    deploymentContainerUrl: storage.deploymentContainerUrl,
    appSettings: appSettings({ settings, identity, storage, keyVault, monitoring }),
    after: [...storage.ready, ...keyVault.ready, ...monitoring.ready],
  });
  if (settings.budget !== null) {
    const { budget } = settings;
    new MonthlyBudget('monthly-budget', { stack, budget, resourceGroupId: group.id });
  }

  return {
    stack: stack.name,
    stage: stack.kind,
    storageAuth: settings.storageAuth,
    keyVaultAccess: settings.keyVaultAccess,
    secretsDelivery: settings.secretsDelivery,
    expiry: settings.expiry,
    schedule: settings.schedule,
    timeZone: settings.timeZone,
    venueUrl: settings.venue?.url ?? null,
    venueAccountId: settings.venue?.accountId ?? null,
    location: settings.location,
    resourceGroupId: group.id,
    resourceGroupName: group.name,
    storageAccountId: storage.accountId,
    storageAccountName: storage.accountName,
    blobEndpoint: storage.blobEndpoint,
    keyVaultId: keyVault.vaultId,
    keyVaultName: keyVault.vaultName,
    keyVaultUri: keyVault.vaultUri,
    identityId: identity.id,
    identityClientId: identity.clientId,
    identityPrincipalId: identity.principalId,
    workspaceName: monitoring.workspaceName,
    appId: app.appId,
    appName: app.appName,
    appHostname: app.hostname,
  };
}
