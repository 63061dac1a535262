import { RestError } from '@azure/storage-blob';
import { isGuid, MispricedError } from '../../domain/index.ts';

/** True when an SDK call was answered with one of these HTTP statuses. */
export function isStatus(error: unknown, ...statuses: readonly number[]): boolean {
  return error instanceof RestError && statuses.includes(error.statusCode ?? 0);
}

/** What to do about the refusals that Azure Storage names by a code of its own. */
const fixes: Readonly<Record<string, string>> = {
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
    fix: fixOf(code, error),
    retryable: status === undefined || status >= 500 || status === 429,
  });
}

function fixOf(code: string, error: unknown): string {
  if (code === 'AuthorizationPermissionMismatch') {
    return `Grant ${principalOf(error)} the role Storage Blob Data Contributor on the account; it counts after a few minutes.`;
  }
  return fixes[code] ?? 'Check storage.account_url and the network, then try again.';
}

/**
 * Who was refused, by the ids in the token that the request was sent with: a role is granted to the
 * object id, and people know the client id. Nothing else of the token is looked at.
 */
function principalOf(error: unknown): string {
  const header =
    error instanceof RestError ? error.request?.headers.get('authorization') : undefined;
  const claims = /^Bearer [^.]+\.([^.]+)\./i.exec(header ?? '')?.[1] ?? '';
  const { appid, oid } = parse(Buffer.from(claims, 'base64url').toString('utf8'));
  const ids = [
    ...(isGuid(appid) ? [`client id ${appid}`] : []),
    ...(isGuid(oid) ? [`object id ${oid}`] : []),
  ];
  return ids.length === 0 ? 'the identity' : `the identity with ${ids.join(' and ')}`;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
