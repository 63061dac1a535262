import { randomUUID } from 'node:crypto';
import { answer, type HttpRequest, type HttpResponse } from '@mispriced/loopback-server';
import { hashSecret, type Principal } from './directory.ts';
import { checkAssertion } from './federated-assertion.ts';
import type { IdentityContext } from './identity-context.ts';
import { isKnownResource } from './resources.ts';
import { withoutSlash } from './tokens.ts';

/** Why Entra refuses a token, with its own numbers. */
const refusals = {
  tenant: { status: 400, error: 'invalid_request', number: 90002 },
  grant: { status: 400, error: 'unsupported_grant_type', number: 70003 },
  scope: { status: 400, error: 'invalid_scope', number: 70011 },
  assertionType: { status: 400, error: 'invalid_request', number: 900144 },
  malformedAssertion: { status: 400, error: 'invalid_request', number: 50027 },
  noFederation: { status: 401, error: 'invalid_client', number: 70025 },
  assertionIssuer: { status: 401, error: 'invalid_client', number: 700211 },
  assertionAudience: { status: 401, error: 'invalid_client', number: 700212 },
  assertionSubject: { status: 401, error: 'invalid_client', number: 700213 },
  assertionTime: { status: 401, error: 'invalid_client', number: 700024 },
  assertionSignature: { status: 401, error: 'invalid_client', number: 700027 },
  assertionKeys: { status: 401, error: 'invalid_client', number: 50166 },
  resource: { status: 400, error: 'invalid_resource', number: 500011 },
  application: { status: 400, error: 'unauthorized_client', number: 700016 },
  noSecret: { status: 401, error: 'invalid_client', number: 7000218 },
  wrongSecret: { status: 401, error: 'invalid_client', number: 7000215 },
  expiredSecret: { status: 401, error: 'invalid_client', number: 7000222 },
} as const;

/**
 * Answers a request for a token, of either version of the endpoint (`scope` or `resource`): by a
 * service principal's client id and secret, or by a token of another issuer for an identity with a
 * federated credential.
 */
export async function issueToken(args: {
  request: HttpRequest;
  tenant: string;
  context: IdentityContext;
}): Promise<HttpResponse> {
  const { context } = args;
  const form = new URLSearchParams(args.request.body.toString('utf8'));
  const refuse = (why: keyof typeof refusals, text: string): HttpResponse =>
    refusal({ why, text, now: context.clock() });
  if (args.tenant !== context.directory.tenantId) {
    return refuse('tenant', `Tenant '${args.tenant}' not found.`);
  }
  if (form.get('grant_type') !== 'client_credentials') {
    return refuse('grant', 'The local cloud knows the grant client_credentials only.');
  }
  const resource = form.get('resource') ?? scopeResource(form.get('scope'));
  if (resource === null) {
    return refuse('scope', 'The scope must be a resource followed by /.default.');
  }
  if (!isKnownResource(context.addresses, resource)) {
    return refuse('resource', `The resource principal named ${resource} was not found.`);
  }
  const clientId = form.get('client_id') ?? '';
  const principal = context.directory.findByAppId(clientId);
  const isFederated = form.has('client_assertion') && principal?.kind === 'managedIdentity';
  if (principal === undefined || (principal.kind !== 'servicePrincipal' && !isFederated)) {
    return refuse(
      'application',
      `Application with identifier '${clientId}' was not found in the directory.`,
    );
  }
  const { resources, outside } = context;
  const fault = form.has('client_assertion')
    ? await checkAssertion({ form, principal, resources, now: context.clock(), fetch: outside })
    : checkSecret(principal, form.get('client_secret'), context.clock());
  if (fault !== null) return refuse(fault.why, fault.text);
  const { token, expiresAt } = await context.tokens.issue(principal, withoutSlash(resource));
  const secondsLeft = Math.floor((expiresAt.getTime() - context.clock().getTime()) / 1000) - 1;
  return answer(200, {
    token_type: 'Bearer',
    expires_in: secondsLeft,
    ext_expires_in: secondsLeft,
    access_token: token,
  });
}

function checkSecret(
  principal: Principal,
  secret: string | null,
  now: Date,
): { why: keyof typeof refusals; text: string } | null {
  if (secret === null || secret === '') {
    return {
      why: 'noSecret',
      text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    };
  }
  const found = principal.secrets.find((each) => each.sha256 === hashSecret(secret));
  if (found === undefined) {
    return {
      why: 'wrongSecret',
      text:
        'Invalid client secret provided. Ensure the secret being sent in the request is the client ' +
        `secret value, not the client secret ID, for a secret added to app '${principal.appId ?? ''}'.`,
    };
  }
  if (new Date(found.endsAt) <= now) {
    return {
      why: 'expiredSecret',
      text: `The provided client secret keys for app '${principal.appId ?? ''}' are expired.`,
    };
  }
  return null;
}

function scopeResource(scope: string | null): string | null {
  const named = (scope ?? '').split(' ').find((each) => each.endsWith('/.default'));
  return named === undefined ? null : named.slice(0, -'/.default'.length);
}

function refusal(args: { why: keyof typeof refusals; text: string; now: Date }): HttpResponse {
  const { status, error, number } = refusals[args.why];
  const traceId = randomUUID();
  return answer(status, {
    error,
    error_description: `AADSTS${number}: ${args.text} Trace ID: ${traceId}`,
    error_codes: [number],
    timestamp: args.now.toISOString(),
    trace_id: traceId,
    correlation_id: randomUUID(),
  });
}
