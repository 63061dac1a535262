import type { CloudService } from '../../src/service.ts';
import type { AccessContext } from '../arm/arm-context.ts';
import type { ArmEngineContext } from '../engine/resource-type.ts';
import type { SignInContext } from '../identity/identity-context.ts';
import type { KeyVaultContext, KeyVaultGiven } from './key-vault-context.ts';
import { openKeyStore } from './key-store.ts';
import { vaultKeyType } from './key-type.ts';
import { handleVaultRequest } from './routes.ts';
import { openSecretStore } from './secret-store.ts';
import { showKey } from './show-key.ts';
import { vaultRoutes } from './vault-routes.ts';
import { vaultType } from './vault-type.ts';
import { vaultLookup } from './vault-view.ts';

/** Key vaults, with their secrets and keys. */
export const keyVaultService: CloudService<ArmEngineContext & SignInContext & AccessContext> = {
  name: 'key-vault',
  armTypes: [vaultType, vaultKeyType],
  armRoutes: vaultRoutes,
  open: ({ state, clock, addresses, resources, directory, tokens, permissions }) => {
    const given: KeyVaultGiven = {
      secrets: openSecretStore({ state, clock }),
      keys: openKeyStore({ state, clock }),
    };
    const context: KeyVaultContext = {
      ...given,
      addresses,
      clock,
      directory,
      tokens,
      permissions,
      vaults: vaultLookup(resources),
      onKey: (key) => {
        showKey({ resources, clock }, key);
      },
    };
    return {
      context: given,
      hosts: [
        {
          kind: 'vault',
          faults: 'key-vault',
          handle: (request, vaultName) => handleVaultRequest({ request, vaultName, context }),
        },
      ],
    };
  },
};
