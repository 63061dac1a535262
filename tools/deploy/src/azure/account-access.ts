import { z } from 'zod';
import type { ArmClient } from '@mispriced/azure';

/** Whether a principal may use the data of a storage account as a functions host has to. */
export type MayUseAccount = (args: {
  /** The account's name; it is looked for in the app's own group. */
  account: string;
  principalId: string;
}) => Promise<'yes' | 'no' | 'unknown'>;

/** Storage Blob Data Owner, which a functions host needs for its locks, keys and timers. */
const blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b';
const storageApiVersion = '2024-01-01';
const authorizationApiVersion = '2022-04-01';

const assignmentsSchema = z.array(
  z.object({ properties: z.object({ roleDefinitionId: z.string() }) }),
);

/**
 * Asks for the role assignments of an account, those of its group and subscription among them.
 * Needs `Microsoft.Authorization/roleAssignments/read` and Reader on the account; without either it
 * is unknown.
 *
 * @param appId The resource id of the app, which tells the group.
 */
export function accountAccess(arm: ArmClient, appId: string): MayUseAccount {
  const group = appId.split('/').slice(0, 5).join('/');
  return async ({ account, principalId }) => {
    const id = `${group}/providers/Microsoft.Storage/storageAccounts/${account}`;
    const allow = [403, 404];
    const found = await arm.send({ method: 'GET', path: id, allow, apiVersion: storageApiVersion });
    if (found.status >= 400) return 'unknown';
    // Assignments to a group that it is in count, and those that the account inherits.
    const filter = encodeURIComponent(`atScope() and assignedTo('${principalId}')`);
    const assigned = await arm.list(
      `${id}/providers/Microsoft.Authorization/roleAssignments?$filter=${filter}`,
      authorizationApiVersion,
      allow,
    );
    if (assigned === null) return 'unknown';
    return assignmentsSchema
      .parse(assigned)
      .some(({ properties }) => properties.roleDefinitionId.endsWith(blobDataOwner))
      ? 'yes'
      : 'no';
  };
}
