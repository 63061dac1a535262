import type { StorageContext } from './storage-context.ts';
import { badRequest, conflict } from '../engine/errors.ts';
import type { Resource } from '../engine/resource.ts';
import { sameId } from '../engine/resource-id.ts';
import type { StorageAccountBody } from './account-body.ts';

/**
 * What cannot be of an account beyond its shape: a name that is taken, a property that stays as it
 * was made, a policy on keys of an unknown age.
 *
 * @throws HttpError
 */
export function checkStorageAccount(args: {
  context: StorageContext;
  id: string;
  name: string;
  body: StorageAccountBody;
  existing: Resource | undefined;
}): void {
  const { context, body, existing } = args;
  const other = context.resources
    .ofType('Microsoft.Storage/storageAccounts')
    .find((each) => each.name === args.name && !sameId(each.id, args.id));
  if (other !== undefined) {
    throw conflict(
      `The account ${args.name} is already in another resource group in this subscription.`,
      'StorageAccountInAnotherResourceGroup',
    );
  }
  if (existing === undefined) return;
  const keys = context.storage.keys(args.name);
  const isAgeless = keys?.key1.createdAt === null || keys?.key2.createdAt === null;
  if (body.properties?.keyPolicy !== undefined && isAgeless) {
    throw badRequest(
      'The key policy cannot be set while keyCreationTime is null for a key of this account. ' +
        'Regenerate both keys first.',
      'KeyPolicyNotAllowed',
    );
  }
  if (existing.body['kind'] !== body.kind && body.kind !== 'StorageV2') {
    throw badRequest(
      `The property 'kind' was specified in the input, but it cannot be updated.`,
      'PropertyUpdateNotAllowed',
    );
  }
  const wasHierarchical = existing.body.properties?.['isHnsEnabled'] ?? false;
  if ((body.properties?.isHnsEnabled ?? false) !== wasHierarchical) {
    throw badRequest(
      "The property 'isHnsEnabled' was specified in the input, but it cannot be updated.",
      'PropertyUpdateNotAllowed',
    );
  }
}
