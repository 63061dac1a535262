import { z } from 'zod';
import {
  answer,
  bearerToken,
  checkedBody,
  HttpError,
  type HttpRequest,
  type Route,
} from '@mispriced/loopback-server';
import type { Principal } from './directory.ts';
import type { IdentityContext } from './identity-context.ts';
import { resourceNames } from './resources.ts';
import { TokenError } from './tokens.ts';

const idsSchema = z.object({ ids: z.array(z.string()) });

/** What role assignment commands ask of Microsoft Graph, and no more. */
export const graphRoutes: readonly Route<IdentityContext>[] = [
  {
    method: 'GET',
    path: '/graph/v1.0/servicePrincipals',
    handle: async ({ request, context }) => {
      await refuseStrangers(request, context);
      const wanted = quotedValue(request.query.get('$filter'));
      const found = context.directory
        .all()
        .filter((each) => each.kind !== 'group')
        .filter((each) => wanted === null || matches(each, wanted));
      return answer(200, { value: found.map(graphObject) });
    },
  },
  {
    method: 'GET',
    path: '/graph/v1.0/groups',
    handle: async ({ request, context }) => {
      await refuseStrangers(request, context);
      const wanted = quotedValue(request.query.get('$filter'));
      const groups = context.directory.all().filter((each) => each.kind === 'group');
      const found = groups.filter((each) => wanted === null || matches(each, wanted));
      return answer(200, { value: found.map(graphObject) });
    },
  },
  {
    method: 'GET',
    path: '/graph/v1.0/servicePrincipals/{id}',
    handle: async ({ request, parameters, context }) => {
      await refuseStrangers(request, context);
      const id = parameters['id'] ?? '';
      const found = context.directory.find(id);
      if (found === undefined || found.kind === 'group') throw notFound(id);
      return answer(200, graphObject(found));
    },
  },
  {
    method: 'POST',
    path: '/graph/v1.0/directoryObjects/getByIds',
    handle: async ({ request, context }) => {
      await refuseStrangers(request, context);
      const { ids } = checkedBody(idsSchema, request, 'Request_BadRequest');
      const found = ids.flatMap((id) => context.directory.find(id) ?? []);
      return answer(200, { value: found.map(graphObject) });
    },
  },
];

async function refuseStrangers(request: HttpRequest, context: IdentityContext): Promise<void> {
  try {
    await context.tokens.check(bearerToken(request) ?? '', resourceNames(context.addresses).graph);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw new HttpError({
      status: 401,
      code: 'InvalidAuthenticationToken',
      message: error.message,
    });
  }
}

function graphObject(principal: Principal): Record<string, unknown> {
  if (principal.kind === 'group') {
    return {
      '@odata.type': '#microsoft.graph.group',
      id: principal.objectId,
      displayName: principal.displayName,
      securityEnabled: true,
    };
  }
  return {
    '@odata.type': '#microsoft.graph.servicePrincipal',
    id: principal.objectId,
    appId: principal.appId,
    displayName: principal.displayName,
    servicePrincipalType: principal.kind === 'managedIdentity' ? 'ManagedIdentity' : 'Application',
    servicePrincipalNames: [principal.appId],
  };
}

function matches(principal: Principal, wanted: string): boolean {
  return [principal.appId, principal.objectId, principal.displayName].includes(wanted);
}

/** Every filter that is asked for here compares one property with one quoted value. */
function quotedValue(filter: string | null): string | null {
  if (filter === null) return null;
  return /'([^']*)'/.exec(filter)?.[1] ?? null;
}

function notFound(id: string): HttpError {
  return new HttpError({
    status: 404,
    code: 'Request_ResourceNotFound',
    message:
      `Resource '${id}' does not exist or one of its queried reference-property objects ` +
      'are not present.',
  });
}
