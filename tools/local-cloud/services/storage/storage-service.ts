import { join } from 'node:path';
import type { CloudService, StreamedHost } from '../../src/service.ts';
import type { AccessContext } from '../arm/arm-context.ts';
import type { ArmEngineContext } from '../engine/resource-type.ts';
import type { SignInContext } from '../identity/identity-context.ts';
import { storageAccount } from './account-type.ts';
import { accountLookup } from './account-view.ts';
import { startAzurite } from './azurite/start-azurite.ts';
import { storageChildTypes } from './child-types.ts';
import { storageNameRoutes } from './name-routes.ts';
import { openStorageAccounts } from './storage-accounts.ts';
import type { StorageGiven } from './storage-context.ts';
import { writeStorageError } from './storage-error.ts';
import { handleStorageRequest, type StorageFrontContext } from './storage-front.ts';

/** Storage accounts, and before Azurite, which has their data, the checks that Azure makes. */
export const storageService: CloudService<ArmEngineContext & SignInContext & AccessContext> = {
  name: 'storage',
  armTypes: [storageAccount, ...storageChildTypes],
  armRoutes: storageNameRoutes,
  open: async ({ state, clock, addresses, resources, directory, tokens, permissions }) => {
    const azurite = await startAzurite({
      folder: join(state.folder, 'storage'),
      accounts: new Map(),
    });
    const given: StorageGiven = { storage: await openStorageAccounts({ state, clock, azurite }) };
    const front: StorageFrontContext = {
      ...given,
      addresses,
      tokens,
      permissions,
      tenantId: directory.tenantId,
      findAccount: accountLookup(resources),
    };
    return {
      context: given,
      hosts: (['blob', 'queue', 'table'] as const).map((kind): StreamedHost => ({
        kind,
        faults: 'storage',
        faultPath: ({ name, path }) => `/${name}/${kind}${path}`,
        refuse: writeStorageError,
        stream: (request) =>
          handleStorageRequest(
            {
              ...request,
              service: kind,
              account: request.name,
              query: new URLSearchParams(request.search),
            },
            front,
          ),
      })),
      close: () => azurite.close(),
    };
  },
};
