import type { Addresses } from '../../src/addresses.ts';
import type { Permissions } from '../../src/permissions.ts';
import { type ArmEngineContext, resourceTypes } from '../engine/resource-type.ts';
import type { Directory } from '../identity/directory.ts';
import type { SignInContext } from '../identity/identity-context.ts';
import type { Tokens } from '../identity/tokens.ts';
import type { KeyStore } from './key-store.ts';
import type { SecretStore } from './secret-store.ts';
import type { Vault, VaultLookup } from './vault.ts';

/** What Key Vault gives to the services after it. */
export interface KeyVaultGiven {
  readonly secrets: SecretStore;
  readonly keys: KeyStore;
}

/** What vaults, as resources, work with. */
export interface VaultArmContext
  extends ArmEngineContext, KeyVaultGiven, Pick<SignInContext, 'directory'> {}

/** Defines a type of resource that works with vaults. */
export const defineVaultType = resourceTypes<VaultArmContext>();

/** What the data plane works with. */
export interface KeyVaultContext extends KeyVaultGiven {
  readonly addresses: Addresses;
  readonly clock: () => Date;
  readonly directory: Pick<Directory, 'grantees' | 'tenantId'>;
  readonly tokens: Tokens;
  readonly permissions: Permissions;
  readonly vaults: VaultLookup;
  /** Hears of a key that was made here. */
  readonly onKey: (key: { readonly vaultId: string; readonly name: string }) => void;
}

/** The same, for one request to one vault, let in by `allow`. */
export interface VaultContext extends KeyVaultContext {
  readonly vault: Vault;
  readonly vaultUrl: string;
  /** Times count in whole seconds here. */
  readonly nowSeconds: number;
}
