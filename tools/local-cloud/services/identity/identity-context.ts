import type { Addresses } from '../../src/addresses.ts';
import type { ResourceStore } from '../arm/engine/resource-store.ts';
import type { Directory } from './directory.ts';
import type { ManagedIdentities } from './managed-identities.ts';
import type { Tokens } from './tokens.ts';

/** What the sign-in routes work with. */
export interface IdentityContext {
  readonly addresses: Addresses;
  readonly clock: () => Date;
  readonly directory: Directory;
  readonly tokens: Tokens;
  readonly managedIdentities: ManagedIdentities;
  /** Federated credentials are resources. */
  readonly resources: ResourceStore;
  readonly outside: typeof fetch;
}
