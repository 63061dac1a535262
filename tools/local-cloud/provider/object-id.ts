import { decodeJwt } from 'jose';

/**
 * Who a token is for, as the directory knows them. An application's client id is another number.
 *
 * @throws Error for a token that does not say
 */
export function objectIdOf(token: string): string {
  const oid = claimOid(token);
  if (typeof oid === 'string') return oid;
  throw new Error('The token of who is signed in does not say whose it is: it has no claim oid.');
}

function claimOid(token: string): unknown {
  try {
    return decodeJwt(token)['oid'];
  } catch {
    return undefined;
  }
}
