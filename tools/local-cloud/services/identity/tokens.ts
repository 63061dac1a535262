import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
} from 'node:crypto';
import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
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
  issue(principal: Principal, audience: string): Promise<{ token: string; expiresAt: Date }>;
  /** @throws TokenError */
  check(token: string, audiences: readonly string[]): Promise<TokenClaims>;
  readonly issuer: string;
  readonly publicKey: JsonWebKey & { kid: string };
}

const lifetimeSeconds = 3_600;
const algorithm = 'RS256';
const claimFaults: Readonly<Record<string, TokenFault>> = {
  iss: 'issuer',
  aud: 'audience',
  nbf: 'early',
};

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
  return {
    issuer: args.issuer,
    publicKey: { ...publicKey.export({ format: 'jwk' }), kid },
    issue: async (principal, audience) => {
      const now = Math.floor(args.clock().getTime() / 1000);
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
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: algorithm, typ: 'JWT', kid })
        .sign(privateKey);
      return { token, expiresAt: new Date(claims.exp * 1000) };
    },
    check: async (token, audiences) => {
      const claims = readClaims(token);
      try {
        await jwtVerify(token, publicKey, {
          algorithms: [algorithm],
          issuer: args.issuer,
          audience: audiences.map(withoutSlash),
          currentDate: args.clock(),
        });
      } catch (error) {
        throw new TokenError(faultOf(error), claims);
      }
      return claims;
    },
  };
}

/** A resource's name as it is compared: clients write it with and without slashes at the end. */
export function withoutSlash(resource: string): string {
  return resource.replace(/\/+$/, '');
}

function readClaims(token: string): TokenClaims {
  try {
    return claimsSchema.parse(decodeJwt(token));
  } catch {
    throw new TokenError('malformed');
  }
}

/** @throws what is no refusal of a token */
function faultOf(error: unknown): TokenFault {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    return claimFaults[error.claim] ?? 'malformed';
  if (error instanceof errors.JOSEError) return 'signature';
  throw error;
}
