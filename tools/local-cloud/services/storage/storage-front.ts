import type { Addresses } from '../../src/addresses.ts';
import { bearerToken } from '@mispriced/loopback-server';
import type { Permissions } from '../../src/permissions.ts';
import { resourceNames } from '../identity/resources.ts';
import { TokenError, type Tokens } from '../identity/tokens.ts';
import { dataScope, neededDataActions } from './data-actions.ts';
import { forward } from './forward.ts';
import type { StorageAccounts } from './storage-accounts.ts';
import { type StorageError, storageErrors, writeStorageError } from './storage-error.ts';
import type { StorageRequest } from './storage-request.ts';

/** What the front needs to know of an account; the resource manager owns it. */
export interface StorageAccountView {
  readonly resourceId: string;
  readonly allowSharedKeyAccess: boolean;
  readonly allowBlobPublicAccess: boolean;
  readonly publicNetworkAccess: boolean;
}

/** What the front works with. */
export interface StorageFrontContext {
  readonly addresses: Addresses;
  readonly tenantId: string;
  readonly tokens: Tokens;
  readonly permissions: Permissions;
  readonly storage: StorageAccounts;
  readonly findAccount: (name: string) => StorageAccountView | undefined;
}

/**
 * Does before Azurite what Azure does and Azurite does not: refuses keys where the account does,
 * and lets identities in by their roles. What passes by a key or a signature goes on untouched and
 * is checked there; what passes by a token is signed anew with the account's key.
 */
export async function handleStorageRequest(
  request: StorageRequest,
  context: StorageFrontContext,
): Promise<void> {
  const account = context.findAccount(request.account);
  const refuse = (error: StorageError): void => {
    // Unread, a large body would keep the client from reading the answer.
    request.incoming.resume();
    writeStorageError(request.outgoing, error);
  };
  if (account === undefined) {
    refuse(storageErrors.noAccount);
    return;
  }
  if (!account.publicNetworkAccess) {
    refuse(storageErrors.closedToNetwork);
    return;
  }
  const authorization = request.incoming.headers.authorization ?? '';
  if (/^bearer /i.test(authorization)) {
    const error = await refusedToken(request, account, context);
    if (error !== null) refuse(error);
    else forward({ request, storage: context.storage, signAnew: true });
    return;
  }
  const isSigned = request.query.has('sig') || authorization !== '';
  if (request.query.has('skoid')) refuse(storageErrors.notSimulated);
  else if (isSigned && !account.allowSharedKeyAccess) refuse(storageErrors.keyNotPermitted);
  else if (!isSigned && !account.allowBlobPublicAccess && request.method !== 'OPTIONS') {
    refuse(storageErrors.publicAccessNotPermitted);
  } else forward({ request, storage: context.storage, signAnew: false });
}

async function refusedToken(
  request: StorageRequest,
  account: StorageAccountView,
  context: StorageFrontContext,
): Promise<StorageError | null> {
  const audiences = [
    ...resourceNames(context.addresses).storage,
    context.addresses.hosted(request.service, request.account),
  ];
  try {
    const claims = await context.tokens.check(bearerToken(request.incoming) ?? '', audiences);
    const isDelegation = request.query.get('comp') === 'userdelegationkey';
    if (isDelegation) return storageErrors.notSimulated;
    const scope = dataScope(account.resourceId, request);
    const isAllowed = neededDataActions(request).some((action) =>
      context.permissions.allows({ objectId: claims.oid, scope, action, kind: 'dataActions' }),
    );
    return isAllowed ? null : storageErrors.permissionMismatch;
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    const authority = `${context.addresses.origin}/${context.tenantId}/oauth2/authorize`;
    return {
      ...storageErrors.badToken,
      headers: {
        'www-authenticate': `Bearer authorization_uri=${authority} resource_id=https://storage.azure.com`,
      },
    };
  }
}
