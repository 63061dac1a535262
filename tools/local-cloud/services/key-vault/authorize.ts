import type { Permissions } from '../../src/permissions.ts';
import type { TokenClaims } from '../identity/tokens.ts';
import { deniedByPolicy, deniedByRoles } from './errors.ts';
import { vaultOperations, type VaultOperation } from './operations.ts';
import type { Vault } from './vault.ts';

/**
 * Refuses what the caller was not granted: by the vault's access policies, or by roles where the
 * vault says so; never by both.
 *
 * @param args.grantees object ids of the caller and of its groups
 * @throws HttpError 403, worded as either regime words it
 */
export function authorize(args: {
  vault: Vault;
  claims: TokenClaims;
  operation: VaultOperation;
  /** The secret or key that is meant; null for all of them. */
  name: string | null;
  grantees: readonly string[];
  permissions: Permissions;
}): void {
  const { vault, claims, operation } = args;
  const { kind, permission, action } = vaultOperations[operation];
  if (!vault.enableRbacAuthorization) {
    const granted = vault.accessPolicies
      .filter((policy) => args.grantees.includes(policy.objectId.toLowerCase()))
      .flatMap((policy) => policy[kind].map((each) => each.toLowerCase()));
    // "All" grants everything except what destroys for good.
    const all = granted.includes('all') && permission !== 'purge';
    if (!all && !granted.includes(permission)) throw deniedByPolicy({ vault, claims, operation });
    return;
  }
  const dataAction = `Microsoft.KeyVault/vaults/${kind}/${action}`;
  const below = args.name === null ? '' : `/${kind}/${args.name}`;
  const scope = `${vault.resourceId}${below}`;
  const asked = { objectId: claims.oid, scope, action: dataAction, kind: 'dataActions' } as const;
  if (!args.permissions.allows(asked)) {
    throw deniedByRoles({ vault, claims, action: dataAction, resource: scope });
  }
}
