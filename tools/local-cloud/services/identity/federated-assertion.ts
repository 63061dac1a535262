import {
  compactVerify,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
} from 'jose';
import { z } from 'zod';
import { parentId } from '../engine/resource-id.ts';
import type { ResourceStore } from '../engine/resource-store.ts';
import type { Principal } from './directory.ts';
import { withoutSlash } from './tokens.ts';

/** Why a federated token is not believed: the key of a refusal, and what is said of it. */
export interface AssertionFault {
  readonly why:
    | 'assertionType'
    | 'malformedAssertion'
    | 'noFederation'
    | 'assertionIssuer'
    | 'assertionSubject'
    | 'assertionAudience'
    | 'assertionTime'
    | 'assertionSignature'
    | 'assertionKeys';
  readonly text: string;
}

const algorithm = 'RS256';
const headSchema = z.object({ alg: z.literal(algorithm), kid: z.string() });
const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  nbf: z.number().optional(),
});
const configurationSchema = z.object({ jwks_uri: z.url() });
const keysSchema = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })),
});
const credentialSchema = z.object({
  issuer: z.string(),
  subject: z.string(),
  audiences: z.array(z.string()),
});

const type = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials';
const allowedSkewSeconds = 300;

/**
 * Checks a token of another issuer against the federated credentials of an identity: issuer, subject
 * and audience to the letter, then its time, then its signature by the keys that the issuer
 * publishes. Null where it is to be believed. The wordings and numbers are Entra's
 * (https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations).
 */
export async function checkAssertion(args: {
  form: URLSearchParams;
  principal: Principal;
  resources: ResourceStore;
  now: Date;
  fetch: typeof fetch;
}): Promise<AssertionFault | null> {
  const { form, principal, now } = args;
  const wanted = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  if (form.get('client_assertion_type') !== wanted) {
    return { why: 'assertionType', text: `The client_assertion_type must be ${wanted}.` };
  }
  const assertion = form.get('client_assertion') ?? '';
  const claims = claimsOf(assertion);
  if (claims === null) {
    return { why: 'malformedAssertion', text: 'The client assertion is no JWT signed with RS256.' };
  }
  const mismatch = compare(claims, federationsOf(principal, args.resources), principal);
  if (mismatch !== null) return mismatch;
  const nowSeconds = now.getTime() / 1000;
  const begins = (claims.nbf ?? 0) - allowedSkewSeconds;
  if (claims.exp + allowedSkewSeconds <= nowSeconds || begins > nowSeconds) {
    return {
      why: 'assertionTime',
      text:
        'Client assertion is not within its valid time range. ' +
        `Current time: ${now.toISOString()}, expiry time of assertion ${new Date(claims.exp * 1000).toISOString()}.`,
    };
  }
  let keys: JSONWebKeySet;
  try {
    keys = await publishedKeys(claims.iss, args.fetch);
  } catch {
    return {
      why: 'assertionKeys',
      text: 'Request to External OIDC endpoint failed: its keys cannot be read.',
    };
  }
  try {
    await compactVerify(assertion, createLocalJWKSet(keys), { algorithms: [algorithm] });
    return null;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    return { why: 'assertionSignature', text: 'Client assertion failed signature validation.' };
  }
}

type Federation = z.infer<typeof credentialSchema>;
type Claims = z.infer<typeof claimsSchema>;

function federationsOf(principal: Principal, resources: ResourceStore): Federation[] {
  return resources
    .ofType(type)
    .filter((each) => parentId(each.id)?.toLowerCase() === principal.resourceId?.toLowerCase())
    .map((each) => credentialSchema.parse(each.body.properties));
}

function compare(
  claims: Claims,
  federations: readonly Federation[],
  principal: Principal,
): AssertionFault | null {
  if (federations.length === 0) {
    return {
      why: 'noFederation',
      text: `The client '${principal.appId ?? ''}'(${principal.displayName}) has no configured federated identity credentials.`,
    };
  }
  const none = (what: string, value: string): string =>
    `No matching federated identity record found for presented assertion ${what} '${value}'. ` +
    'Please check your federated identity credential Subject, Audience and Issuer against the ' +
    'presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation';
  const issued = federations.filter(({ issuer }) => issuer === claims.iss);
  if (issued.length === 0) return { why: 'assertionIssuer', text: none('issuer', claims.iss) };
  const about = issued.filter(({ subject }) => subject === claims.sub);
  if (about.length === 0) return { why: 'assertionSubject', text: none('subject', claims.sub) };
  const meant = [claims.aud].flat();
  if (about.some(({ audiences }) => audiences.some((each) => meant.includes(each)))) return null;
  return { why: 'assertionAudience', text: none('audience', meant.join(', ')) };
}

async function publishedKeys(issuer: string, ask: typeof fetch): Promise<JSONWebKeySet> {
  const read = async (url: string): Promise<unknown> => (await ask(url)).json();
  const configurationUrl = `${withoutSlash(issuer)}/.well-known/openid-configuration`;
  const configuration = configurationSchema.parse(await read(configurationUrl));
  return keysSchema.parse(await read(configuration.jwks_uri));
}

/** What an assertion says of itself; null where it is no token signed with the one algorithm. */
function claimsOf(assertion: string): Claims | null {
  try {
    headSchema.parse(decodeProtectedHeader(assertion));
    return claimsSchema.parse(decodeJwt(assertion));
  } catch {
    return null;
  }
}
