import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { registerArmTypes } from '../services/arm/arm-types.ts';
import { makePermissions } from '../services/arm/authorization/make-permissions.ts';
import type { ArmContext } from '../services/arm/engine/arm-context.ts';
import { openOperations } from '../services/arm/engine/operations.ts';
import { openResourceStore } from '../services/arm/engine/resource-store.ts';
import { openDirectory } from '../services/identity/directory.ts';
import { openManagedIdentities } from '../services/identity/managed-identities.ts';
import { openTokens } from '../services/identity/tokens.ts';
import { openKeyStore } from '../services/key-vault/key-store.ts';
import { openSecretStore } from '../services/key-vault/secret-store.ts';
import { startAzurite } from '../services/storage/azurite/start-azurite.ts';
import { openStorageAccounts } from '../services/storage/storage-accounts.ts';
import { makeReferenceCache } from '../services/web/reference-cache.ts';
import { makeSiteController } from '../services/web/site-controller.ts';
import type { Addresses } from './addresses.ts';
import { nodeClientEnvironment } from './client/client-environment.ts';
import { type CloudSettings, defaultCloudSettings } from './control/cloud-settings.ts';
import type { FaultPlan } from './control/fault-plan.ts';
import type { StateFolder } from './state/state-folder.ts';

/** Opens everything that is kept and puts it together; nothing listens yet. */
export async function openCloudCore(args: {
  state: StateFolder;
  clock: () => Date;
  addresses: Addresses;
  certificateFile: string;
  faults: FaultPlan;
}): Promise<ArmContext> {
  const { state, clock, addresses } = args;
  registerArmTypes();
  const settings: CloudSettings = { ...defaultCloudSettings };
  const subscription = state.document('subscription', () => ({ subscriptionId: randomUUID() }));
  subscription.save();
  const directory = openDirectory(state);
  const resources = openResourceStore(state);
  const issuer = `${addresses.origin}/${directory.tenantId}/`;
  const azurite = await startAzurite({
    folder: join(state.folder, 'storage'),
    accounts: new Map(),
  });
  return {
    addresses,
    clock,
    subscriptionId: subscription.value.subscriptionId,
    resources,
    operations: openOperations({
      clock,
      origin: () => addresses.origin,
      operationSeconds: () => settings.operationSeconds,
    }),
    directory,
    managedIdentities: openManagedIdentities(),
    tokens: openTokens({ state, clock, issuer, tenantId: directory.tenantId }),
    permissions: makePermissions({
      resources,
      directory,
      clock,
      roleAssignmentSeconds: () => settings.roleAssignmentSeconds,
    }),
    secrets: openSecretStore({ state, clock }),
    keys: openKeyStore({ state, clock }),
    outside: fetch,
    storage: await openStorageAccounts({ state, clock, azurite }),
    sites: makeSiteController(),
    referenceCache: makeReferenceCache(clock),
    settings,
    clientEnvironment: nodeClientEnvironment(args.certificateFile),
    referenceFault: ({ vaultName, secretName }) => {
      const path = `/${vaultName}/secrets/${secretName}`;
      const fault = args.faults.take({ service: 'references', method: 'GET', path });
      if (fault === null) return null;
      return fault.kind === 'slow' ? 'slow' : 'failed';
    },
  };
}
