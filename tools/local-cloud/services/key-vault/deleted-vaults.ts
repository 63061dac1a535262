import { badRequest, conflict } from '../engine/errors.ts';
import type { Resource } from '../engine/resource.ts';
import { nameOf, sameId } from '../engine/resource-id.ts';
import type { VaultArmContext } from './key-vault-context.ts';
import { vaultOf } from './vault-view.ts';

const type = 'Microsoft.KeyVault/deletedVaults';
const vaultType = 'Microsoft.KeyVault/vaults';
const millisecondsPerDay = 86_400_000;

/** A vault between its deletion and its end. */
export interface DeletedVault {
  readonly record: Resource;
  readonly vault: Resource;
  readonly deletedAt: Date;
  readonly purgeAt: Date;
}

/** Those that are not yet gone for good; what is past its time is let go here. */
export function deletedVaults(context: VaultArmContext): readonly DeletedVault[] {
  const all = context.resources.ofType(type).map((record): DeletedVault => {
    const vault = record.facts['vault'] as Resource;
    const deletedAt = new Date(record.createdAt);
    const days = vaultOf(vault).softDeleteRetentionInDays;
    const purgeAt = new Date(deletedAt.getTime() + days * millisecondsPerDay);
    return { record, vault, deletedAt, purgeAt };
  });
  for (const each of all) if (each.purgeAt <= context.clock()) purgeVault(context, each);
  return all.filter((each) => each.purgeAt > context.clock());
}

/** Sets a deleted vault aside: its name stays taken, its secrets stay. */
export function deleteVaultSoftly(context: VaultArmContext, vault: Resource): void {
  const place = `/subscriptions/${context.subscriptionId}/providers/Microsoft.KeyVault/locations`;
  const now = context.clock().toISOString();
  context.resources.put({
    id: `${place}/${vault.body.location ?? ''}/deletedVaults/${vault.name}`,
    type,
    name: vault.name,
    body: {},
    facts: { vault },
    createdAt: now,
    changedAt: now,
  });
}

/** Ends a deleted vault, with its secrets and keys. */
export function purgeVault(context: VaultArmContext, deleted: DeletedVault): void {
  context.secrets.removeVault(deleted.vault.id);
  context.keys.removeVault(deleted.vault.id);
  context.resources.remove(deleted.record.id);
}

/** Brings a deleted vault back as it was. @throws HttpError where it cannot be. */
export function recoverVault(args: {
  context: VaultArmContext;
  id: string;
  name: string;
}): Resource {
  const deleted = find(args.context, args.name);
  if (deleted === undefined || !sameId(deleted.vault.id, args.id)) {
    throw badRequest(
      `There is no deleted vault '${args.name}' of this resource group to recover.`,
      'VaultNotFound',
    );
  }
  args.context.resources.remove(deleted.record.id);
  return deleted.vault;
}

/** @throws HttpError 409 where the name belongs to another vault, or to a deleted one. */
export function checkVaultName(args: {
  context: VaultArmContext;
  id: string;
  name: string;
  recovers: boolean;
}): void {
  const same = args.name.toLowerCase();
  const other = args.context.resources
    .ofType(vaultType)
    .find((each) => nameOf(each.id).toLowerCase() === same && !sameId(each.id, args.id));
  if (other !== undefined) {
    throw conflict(
      `The vault name '${args.name}' is already in use. Vault names are globally unique so it is ` +
        'possible that the name is already taken. If you are sure that the vault name was not ' +
        'taken then it is possible that a vault with the same name was recently deleted but not ' +
        'purged after being placed in a recoverable state.',
      'VaultAlreadyExists',
    );
  }
  if (!args.recovers && find(args.context, args.name) !== undefined) {
    throw conflict(
      'A vault with the same name already exists in deleted state. You need to either recover or ' +
        'purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 ' +
        'for more information on soft delete.',
      'ConflictError',
    );
  }
}

/** A deleted vault by its name. */
export function find(context: VaultArmContext, name: string): DeletedVault | undefined {
  const same = name.toLowerCase();
  return deletedVaults(context).find((each) => each.vault.name.toLowerCase() === same);
}
