import type { Addresses } from '../../../src/addresses.ts';
import type { CloudSettings } from '../../../src/control/cloud-settings.ts';
import type { Permissions } from '../../../src/permissions.ts';
import type { Directory } from '../../identity/directory.ts';
import type { ManagedIdentities } from '../../identity/managed-identities.ts';
import type { Tokens } from '../../identity/tokens.ts';
import type { KeyStore } from '../../key-vault/key-store.ts';
import type { SecretStore } from '../../key-vault/secret-store.ts';
import type { StorageAccounts } from '../../storage/storage-accounts.ts';
import type { KeyVaultReference } from '../../web/key-vault-reference.ts';
import type { ReferenceCache } from '../../web/reference-cache.ts';
import type { SiteController } from '../../web/site-controller.ts';
import type { Operations } from './operations.ts';
import type { ResourceStore } from './resource-store.ts';

/** What the resource manager and its resource types work with. */
export interface ArmContext {
  readonly addresses: Addresses;
  readonly clock: () => Date;
  readonly subscriptionId: string;
  readonly resources: ResourceStore;
  readonly operations: Operations;
  readonly directory: Directory;
  readonly managedIdentities: ManagedIdentities;
  readonly tokens: Tokens;
  readonly permissions: Permissions;
  readonly secrets: SecretStore;
  readonly keys: KeyStore;
  /** How what is outside is asked: who signs the tokens of others. */
  readonly outside: typeof fetch;
  readonly storage: StorageAccounts;
  readonly sites: SiteController;
  readonly referenceCache: ReferenceCache;
  readonly settings: CloudSettings;
  /** What a process needs in its environment so that Azure's clients reach this local cloud. */
  readonly clientEnvironment: Readonly<Record<string, string>>;
  /** What the fault plan does to a site's look into a vault. */
  readonly referenceFault: (reference: KeyVaultReference) => 'slow' | 'failed' | null;
}
