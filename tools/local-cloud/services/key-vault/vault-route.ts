import type { Route } from '@mispriced/loopback-server';
import type { VaultContext } from './key-vault-context.ts';
import type { VaultOperation } from './operations.ts';

/** A line of a vault's table of routes, with the operation it needs to be granted. */
export type VaultRoute = Route<VaultContext> & { readonly operation: VaultOperation };
