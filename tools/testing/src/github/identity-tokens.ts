import { createPublicKey, generateKeyPairSync, type JsonWebKey, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { type Job, subjectOf } from './job.ts';

/** Signs the identity tokens of jobs, and publishes the key that they are signed with. */
export interface IdentityTokens {
  readonly publicKey: JsonWebKey & { readonly kid: string };
  issue(job: Job, audience: string): Promise<string>;
}

const lifetimeSeconds = 300;

/** A key drawn at each start. `issuer` is asked late, for it holds the port. */
export function makeIdentityTokens(args: {
  issuer: () => string;
  clock: () => Date;
}): IdentityTokens {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  return {
    publicKey: { ...createPublicKey(privateKey).export({ format: 'jwk' }), kid },
    issue: (job, audience) => {
      const now = Math.floor(args.clock().getTime() / 1000);
      const claims = {
        jti: randomUUID(),
        iss: args.issuer(),
        sub: subjectOf(job),
        aud: audience,
        iat: now,
        nbf: now,
        exp: now + lifetimeSeconds,
        repository: job.repository,
        ref: job.ref ?? 'refs/heads/main',
        event_name: job.event ?? 'push',
        ...(job.environment !== undefined && { environment: job.environment }),
      };
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
        .sign(privateKey);
    },
  };
}
