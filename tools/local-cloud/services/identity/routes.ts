import { answer, type Route } from '@mispriced/loopback-server';
import { cloudMetadata } from './cloud-metadata.ts';
import { graphRoutes } from './graph-routes.ts';
import type { IdentityContext } from './identity-context.ts';
import { issueManagedIdentityToken } from './managed-identity-route.ts';
import { issueToken } from './token-route.ts';

const openIdConfiguration: Route<IdentityContext>['handle'] = ({ parameters, context }) => {
  const base = `${context.addresses.origin}/${parameters['tenant'] ?? 'common'}`;
  return answer(200, {
    issuer: context.tokens.issuer,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid'],
  });
};

const token: Route<IdentityContext>['handle'] = ({ request, parameters, context }) =>
  issueToken({ request, tenant: parameters['tenant'] ?? '', context });

/** Where an app asks for tokens of its managed identities. */
export const managedIdentityRoute: Route<IdentityContext> = {
  method: 'GET',
  path: '/msi/token',
  handle: ({ request, context }) => issueManagedIdentityToken(request, context),
};

/** Sign-in, metadata and the graph, all on the local cloud's own host name. */
export const identityRoutes: readonly Route<IdentityContext>[] = [
  {
    method: 'GET',
    path: '/metadata/endpoints',
    handle: ({ context }) => answer(200, cloudMetadata(context.addresses)),
  },
  {
    method: 'GET',
    path: '/common/discovery/instance',
    handle: ({ context }) => {
      const { origin } = context.addresses;
      const host = new URL(origin).host;
      const tenant = `${origin}/${context.directory.tenantId}`;
      return answer(200, {
        tenant_discovery_endpoint: `${tenant}/v2.0/.well-known/openid-configuration`,
        metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
      });
    },
  },
  ...['/{tenant}/v2.0/.well-known', '/{tenant}/.well-known'].map((path) => ({
    method: 'GET',
    path: `${path}/openid-configuration`,
    handle: openIdConfiguration,
  })),
  {
    method: 'GET',
    path: '/{tenant}/discovery/v2.0/keys',
    handle: ({ context }) =>
      answer(200, { keys: [{ ...context.tokens.publicKey, use: 'sig', alg: 'RS256' }] }),
  },
  ...['/{tenant}/oauth2/v2.0/token', '/{tenant}/oauth2/token'].map((path) => ({
    method: 'POST',
    path,
    handle: token,
  })),
  managedIdentityRoute,
  ...graphRoutes,
];
