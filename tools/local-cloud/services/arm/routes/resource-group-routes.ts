import { answer, jsonBody } from '@mispriced/loopback-server';
import { checkApiVersion } from '../../engine/api-version.ts';
import type { ArmEngineContext } from '../../engine/resource-type.ts';
import type { ArmRoute } from '../../engine/arm-route.ts';
import { removeWithDescendants } from '../../engine/delete-resource.ts';
import { groupNotFound } from '../../engine/errors.ts';
import { patchResource } from '../../engine/patch-resource.ts';
import { presentResource } from '../../engine/present.ts';
import { putResource } from '../../engine/put-resource.ts';
import type { Resource } from '../../engine/resource.ts';
import { resourceGroup as type } from '../types/resource-group.ts';

const path = '/subscriptions/{subscription}/resourceGroups/{group}';
const action = 'Microsoft.Resources/subscriptions/resourceGroups';

/** Resource groups, which stand directly below the subscription. */
export const resourceGroupRoutes: readonly ArmRoute[] = [
  {
    method: 'GET',
    path: '/subscriptions/{subscription}/resourceGroups',
    action: `${action}/read`,
    handle: ({ request, context }) => {
      version(request.query);
      const groups = context.resources.ofType(type.type);
      return answer(200, { value: groups.map((each) => show(context, each)) });
    },
  },
  {
    method: 'GET',
    path,
    action: `${action}/read`,
    handle: ({ request, parameters, context }) => {
      version(request.query);
      return answer(200, show(context, find(context, parameters['group'] ?? '')));
    },
  },
  {
    method: 'HEAD',
    path,
    action: `${action}/read`,
    handle: ({ request, parameters, context }) => {
      version(request.query);
      const group = context.resources.find(idOf(context, parameters['group'] ?? ''));
      return answer(group === undefined ? 404 : 204);
    },
  },
  {
    method: 'PUT',
    path,
    action: `${action}/write`,
    handle: ({ request, parameters, context }) =>
      putResource({
        context,
        type,
        id: idOf(context, parameters['group'] ?? ''),
        body: jsonBody(request),
        apiVersion: version(request.query),
      }),
  },
  {
    method: 'PATCH',
    path,
    action: `${action}/write`,
    handle: ({ request, parameters, context }) => {
      const { id } = find(context, parameters['group'] ?? '');
      const apiVersion = version(request.query);
      return patchResource({ context, type, id, body: jsonBody(request), apiVersion });
    },
  },
  {
    method: 'DELETE',
    path,
    action: `${action}/delete`,
    handle: async ({ request, parameters, context }) => {
      const { id } = find(context, parameters['group'] ?? '');
      const apiVersion = version(request.query);
      await removeWithDescendants(context, id);
      const headers = context.operations.start({
        style: 'location',
        base: `/subscriptions/${context.subscriptionId}`,
        apiVersion,
        result: () => answer(200),
      });
      return answer(202, undefined, headers);
    },
  },
];

function idOf(context: ArmEngineContext, group: string): string {
  return `/subscriptions/${context.subscriptionId}/resourceGroups/${group}`;
}

function find(context: ArmEngineContext, group: string): Resource {
  const found = context.resources.find(idOf(context, group));
  if (found === undefined) throw groupNotFound(group);
  return found;
}

function show(context: ArmEngineContext, resource: Resource): Record<string, unknown> {
  return presentResource({ context, type, resource });
}

function version(query: URLSearchParams): string {
  return checkApiVersion({
    version: query.get('api-version'),
    type: type.type,
    known: type.apiVersions,
  });
}
