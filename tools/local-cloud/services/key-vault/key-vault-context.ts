import type { Addresses } from '../../src/addresses.ts';
import type { Permissions } from '../../src/permissions.ts';
import type { Directory } from '../identity/directory.ts';
import type { Tokens } from '../identity/tokens.ts';
import type { KeyStore } from './key-store.ts';
import type { SecretStore } from './secret-store.ts';
import type { Vault, VaultLookup } from './vault.ts';

/** What the data plane works with. */
export interface KeyVaultContext {
  readonly addresses: Addresses;
  readonly clock: () => Date;
  readonly directory: Pick<Directory, 'grantees' | 'tenantId'>;
  readonly tokens: Tokens;
  readonly permissions: Permissions;
  readonly vaults: VaultLookup;
  readonly secrets: SecretStore;
  readonly keys: KeyStore;
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
