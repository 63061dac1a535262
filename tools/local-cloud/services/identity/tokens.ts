import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  sign,
  verify,
} from 'node:crypto';
import { z } from 'zod';
import type { StateFolder } from '../../src/state/state-folder.ts';
import type { Principal } from './directory.ts';

const claimsSchema = z.object({
  aud: z.string(),
  iss: z.string(),
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
  appid: z.string(),
  oid: z.string(),
  tid: z.string(),
});

/** The claims of an access token that the services here look at. */
export type TokenClaims = z.infer<typeof claimsSchema>;

/** Why a token was refused. */
export type TokenFault = 'malformed' | 'signature' | 'issuer' | 'audience' | 'expired' | 'early';

/** A token that is not to be believed. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  readonly fault: TokenFault;
  readonly claims: TokenClaims | undefined;

  constructor(fault: TokenFault, claims?: TokenClaims) {
    super(`The access token was refused: ${fault}.`);
    this.fault = fault;
    this.claims = claims;
  }
}

/** Issues and checks access tokens. */
export interface Tokens {
  /** @param audience as the resource is named in the token, without a slash at its end */
  issue(principal: Principal, audience: string): { token: string; expiresAt: Date };
  /** @throws TokenError */
  check(token: string, audiences: readonly string[]): TokenClaims;
  readonly issuer: string;
  readonly publicKey: JsonWebKey & { kid: string };
}

const lifetimeSeconds = 3_600;

/** Tokens signed (RS256) with a key drawn once and kept in the state folder. */
export function openTokens(args: {
  state: StateFolder;
  clock: () => Date;
  issuer: string;
  tenantId: string;
}): Tokens {
  const document = args.state.document('token-signing-key', () => ({
    pem: generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString(),
  }));
  document.save();
  const privateKey = createPrivateKey(document.value.pem);
  const publicKey = createPublicKey(privateKey);
  const kid = createHash('sha256').update(document.value.pem).digest('base64url').slice(0, 27);
  const nowSeconds = (): number => Math.floor(args.clock().getTime() / 1000);
  return {
    issuer: args.issuer,
    publicKey: { ...publicKey.export({ format: 'jwk' }), kid },
    issue: (principal, audience) => {
      const now = nowSeconds();
      const claims: TokenClaims & Record<string, unknown> = {
        aud: audience,
        iss: args.issuer,
        iat: now,
        nbf: now,
        exp: now + lifetimeSeconds,
        appid: principal.appId ?? principal.objectId,
        oid: principal.objectId,
        sub: principal.objectId,
        tid: args.tenantId,
        idtyp: 'app',
        ver: '1.0',
        ...(principal.resourceId !== undefined && { xms_mirid: principal.resourceId }),
      };
      const signed = [{ alg: 'RS256', typ: 'JWT', kid }, claims]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      const signature = sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url');
      return { token: `${signed}.${signature}`, expiresAt: new Date(claims.exp * 1000) };
    },
    check: (token, audiences) => {
      const [head = '', body = '', signature = ''] = token.split('.');
      const claims = readClaims(body);
      const signed = Buffer.from(`${head}.${body}`);
      if (!verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'))) {
        throw new TokenError('signature', claims);
      }
      if (claims.iss !== args.issuer) throw new TokenError('issuer', claims);
      const audience = withoutSlash(claims.aud);
      if (!audiences.some((each) => withoutSlash(each) === audience)) {
        throw new TokenError('audience', claims);
      }
      if (claims.exp <= nowSeconds()) throw new TokenError('expired', claims);
      if (claims.nbf > nowSeconds()) throw new TokenError('early', claims);
      return claims;
    },
  };
}

/** A resource's name as it is compared: clients write it with and without slashes at the end. */
export function withoutSlash(resource: string): string {
  return resource.replace(/\/+$/, '');
}

function readClaims(body: string): TokenClaims {
  try {
    return claimsSchema.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  } catch {
    throw new TokenError('malformed');
  }
}
