import { RestError } from '@azure/storage-blob';
import { MispricedError } from '../../domain/index.ts';

/** True when an SDK call was answered with one of these HTTP statuses. */
export function isStatus(error: unknown, ...statuses: readonly number[]): boolean {
  return error instanceof RestError && statuses.includes(error.statusCode ?? 0);
}

/** What to do about the refusals that Azure Storage names by a code of its own. */
const fixes: Readonly<Record<string, string>> = {
  AuthorizationPermissionMismatch:
    'Grant the identity the role Storage Blob Data Contributor on the account; it counts after a few minutes.',
  AuthorizationFailure: 'Allow this network in the firewall of the storage account.',
  KeyBasedAuthenticationNotPermitted:
    'The account takes no keys: remove the connection string and set storage.account_url, so that the identity is used.',
  AuthenticationFailed:
    'The key or signature is not valid, perhaps because it was rotated: renew the connection string, or use the identity (storage.account_url).',
  ContainerNotFound: 'Create the containers with `pulumi up`.',
};

/** A failure of storage in words, without the request's headers, which may hold a signature. */
export function storeUnavailable(url: string, error: unknown): MispricedError {
  const code = error instanceof RestError ? (error.code ?? '') : '';
  const status = error instanceof RestError ? error.statusCode : undefined;
  const place = url.split('?', 1)[0] ?? url;
  const problem =
    status === undefined
      ? `it cannot be reached (${code === '' ? 'no answer' : code})`
      : `it answered ${status}${code === '' ? '' : ` ${code}`}`;
  return new MispricedError({
    code: 'STORE_UNAVAILABLE',
    message: `The storage ${place} could not be used: ${problem}.`,
    fix: fixes[code] ?? 'Check storage.account_url and the network, then try again.',
    retryable: status === undefined || status >= 500 || status === 429,
  });
}
