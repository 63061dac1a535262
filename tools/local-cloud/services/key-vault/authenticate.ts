import type { Addresses } from '../../src/addresses.ts';
import { bearerToken, HttpError, type HttpRequest } from '@mispriced/loopback-server';
import { resourceNames } from '../identity/resources.ts';
import { type TokenClaims, TokenError, type TokenFault, type Tokens } from '../identity/tokens.ts';

/** What Key Vault says of a token; the numbers are its own where they are known. */
const faults: Readonly<Record<TokenFault, string>> = {
  malformed: 'AKV10000: Request is missing a Bearer or PoP token.',
  signature: 'Error validating token: the signature is not valid.',
  issuer: 'AKV10032: Invalid issuer.',
  audience: 'AKV10022: Invalid audience.',
  expired: 'Error validating token: the token is expired.',
  early: 'Error validating token: the token is not yet valid.',
};

/**
 * Who asks. Without a token the answer is the challenge from which clients learn where to get one
 * and for which resource; they send their first request without it on purpose.
 *
 * @throws HttpError 401
 */
export async function authenticate(args: {
  request: HttpRequest;
  tokens: Tokens;
  addresses: Addresses;
  tenantId: string;
}): Promise<TokenClaims> {
  const audiences = resourceNames(args.addresses)['key-vault'];
  try {
    return await args.tokens.check(bearerToken(args.request) ?? '', audiences);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    const authority = `${args.addresses.origin}/${args.tenantId}`;
    throw new HttpError({
      status: 401,
      code: 'Unauthorized',
      message: faults[error.fault],
      headers: {
        'www-authenticate': `Bearer authorization="${authority}", resource="${audiences[0] ?? ''}"`,
      },
    });
  }
}
