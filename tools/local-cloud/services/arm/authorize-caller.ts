import type { Addresses } from '../../src/addresses.ts';
import { bearerToken, HttpError, type HttpRequest } from '@mispriced/loopback-server';
import type { Permissions } from '../../src/permissions.ts';
import type { Caller } from '../engine/arm-route.ts';
import { resourceNames } from '../identity/resources.ts';
import { TokenError, type Tokens } from '../identity/tokens.ts';

/** @throws HttpError 401 without a token for the resource manager. */
export async function authenticateCaller(args: {
  request: HttpRequest;
  tokens: Tokens;
  addresses: Addresses;
  tenantId: string;
}): Promise<Caller> {
  const token = bearerToken(args.request);
  try {
    const audiences = resourceNames(args.addresses)['resource-manager'];
    const claims = await args.tokens.check(token ?? '', audiences);
    return { objectId: claims.oid, appId: claims.appid };
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    const authority = `${args.addresses.origin}/${args.tenantId}`;
    throw new HttpError({
      status: 401,
      code: token === undefined ? 'AuthenticationFailed' : tokenCode(error),
      message:
        token === undefined
          ? "Authentication failed. The 'Authorization' header is missing."
          : error.message,
      headers: {
        'www-authenticate': `Bearer authorization_uri="${authority}", error="invalid_token"`,
      },
    });
  }
}

/** @throws HttpError 403 where no role grants the action at the scope. */
export function authorizeCaller(args: {
  permissions: Permissions;
  caller: Caller;
  action: string;
  scope: string;
}): void {
  const { caller, action, scope } = args;
  const asked = { objectId: caller.objectId, scope, action, kind: 'actions' } as const;
  if (args.permissions.allows(asked)) return;
  throw new HttpError({
    status: 403,
    code: 'AuthorizationFailed',
    message:
      `The client '${caller.appId}' with object id '${caller.objectId}' does not have ` +
      `authorization to perform action '${action}' over scope '${scope}' or the scope is ` +
      'invalid. If access was recently granted, please refresh your credentials.',
  });
}

function tokenCode(error: TokenError): string {
  const codes: Partial<Record<typeof error.fault, string>> = {
    audience: 'InvalidAuthenticationTokenAudience',
    expired: 'ExpiredAuthenticationToken',
  };
  return codes[error.fault] ?? 'InvalidAuthenticationToken';
}
