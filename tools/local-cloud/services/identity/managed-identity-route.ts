import { answer, header, type HttpRequest, type HttpResponse } from '@mispriced/loopback-server';
import type { Principal } from './directory.ts';
import type { IdentityContext } from './identity-context.ts';
import type { AppIdentities } from './managed-identities.ts';
import { isKnownResource } from './resources.ts';
import { withoutSlash } from './tokens.ts';

/**
 * The App Service managed-identity endpoint (api-version 2019-08-01): a token for the app's system
 * identity, or for the user-assigned one named by `client_id`, `principal_id` or `mi_res_id`.
 */
export async function issueManagedIdentityToken(
  request: HttpRequest,
  context: IdentityContext,
): Promise<HttpResponse> {
  const identities = context.managedIdentities.find(header(request, 'x-identity-header') ?? '');
  if (identities === undefined) return refusal(403, 'The X-IDENTITY-HEADER is missing or unknown.');
  const { query } = request;
  if (query.get('api-version') !== '2019-08-01') {
    return refusal(400, 'The api-version must be 2019-08-01.');
  }
  const resource = query.get('resource') ?? '';
  if (!isKnownResource(context.addresses, resource)) {
    return refusal(400, `AADSTS500011: The resource principal named ${resource} was not found.`);
  }
  const principal = chosen({ query, identities, context });
  if (principal === undefined) {
    return refusal(
      400,
      'No User Assigned or Delegated Managed Identity found for specified ' +
        'ClientId/ResourceId/PrincipalId.',
    );
  }
  const { token, expiresAt } = await context.tokens.issue(principal, withoutSlash(resource));
  return answer(200, {
    access_token: token,
    client_id: principal.appId,
    expires_on: String(Math.floor(expiresAt.getTime() / 1000)),
    resource,
    token_type: 'Bearer',
  });
}

function chosen(args: {
  query: URLSearchParams;
  identities: AppIdentities;
  context: IdentityContext;
}): Principal | undefined {
  const { query, identities, context } = args;
  const clientId = query.get('client_id')?.toLowerCase();
  const principalId = (query.get('principal_id') ?? query.get('object_id'))?.toLowerCase();
  const resourceId = query.get('mi_res_id')?.toLowerCase();
  if (clientId === undefined && principalId === undefined && resourceId === undefined) {
    return identities.systemAssigned === null
      ? undefined
      : context.directory.find(identities.systemAssigned);
  }
  return identities.userAssigned
    .map((objectId) => context.directory.find(objectId))
    .find(
      (each) =>
        each !== undefined &&
        (each.appId === clientId ||
          each.objectId === principalId ||
          (resourceId !== undefined && each.resourceId?.toLowerCase() === resourceId)),
    );
}

function refusal(statusCode: number, message: string): HttpResponse {
  return answer(statusCode, { statusCode, message });
}
