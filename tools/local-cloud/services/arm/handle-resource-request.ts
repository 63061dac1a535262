import { answer, type HttpRequest, type HttpResponse, jsonBody } from '@mispriced/loopback-server';
import { notSimulated } from '../../src/not-simulated.ts';
import { authorizeCaller } from './authorize-caller.ts';
import type { Caller } from '../engine/arm-route.ts';
import { checkApiVersion } from '../engine/api-version.ts';
import type { ArmContext } from './arm-context.ts';
import { deleteResource } from '../engine/delete-resource.ts';
import { groupNotFound, resourceNotFound } from '../engine/errors.ts';
import { findResource } from '../engine/find-resource.ts';
import { patchResource } from '../engine/patch-resource.ts';
import { presentResource } from '../engine/present.ts';
import { putResource } from '../engine/put-resource.ts';
import {
  groupOf,
  nameOf,
  parseResourcePath,
  type ResourcePath,
  typeOf,
} from '../engine/resource-id.ts';
import type { ResourceType } from '../engine/resource-type.ts';

interface Asked {
  readonly request: HttpRequest;
  readonly context: ArmContext;
  readonly caller: Caller;
}

/** Answers a request for a resource, a collection or an action; undefined for any other path. */
export async function handleResourceRequest(asked: Asked): Promise<HttpResponse | undefined> {
  const path = parseResourcePath(asked.request.path);
  if (path === undefined || path.segments.length === 0) return undefined;
  if (path.segments.length % 2 === 0) return oneResource(asked, path);
  return asked.request.method === 'POST' ? action(asked, path) : collection(asked, path);
}

async function oneResource(asked: Asked, path: ResourcePath): Promise<HttpResponse> {
  const { request, context } = asked;
  const id = request.path.replace(/\/$/, '');
  const type = known(context, typeOf(path), nameOf(id));
  const apiVersion = version(type, request.query);
  const { method } = request;
  const methods: readonly string[] = type.methods ?? ['PUT', 'PATCH', 'GET', 'DELETE'];
  if (!methods.includes(method === 'HEAD' ? 'GET' : method)) {
    throw notSimulated(`${method} of ${type.type}`);
  }
  const verb = { PUT: 'write', PATCH: 'write', DELETE: 'delete' }[method] ?? 'read';
  permit(asked, `${type.type}/${verb}`, id);
  await type.refresh?.({ context, parentId: parentOf(parentOf(id)) });
  if (method === 'PUT') {
    return putResource({ context, type, id, body: jsonBody(request), apiVersion });
  }
  if (method === 'PATCH') {
    return patchResource({ context, type, id, body: jsonBody(request), apiVersion });
  }
  if (method === 'DELETE') return deleteResource({ context, type, id, apiVersion });
  const resource = findResource(context, id);
  if (method === 'HEAD') return answer(resource === undefined ? 404 : 204);
  if (resource === undefined) throw missing(context, type, id);
  return answer(200, presentResource({ context, type, resource }));
}

async function action(asked: Asked, path: ResourcePath): Promise<HttpResponse> {
  const { request, context } = asked;
  const word = path.segments.at(-1) ?? '';
  const id = request.path.replace(/\/$/, '').slice(0, -(word.length + 1));
  const type = known(
    context,
    typeOf({ ...path, segments: path.segments.slice(0, -1) }),
    nameOf(id),
  );
  const name = Object.keys(type.actions ?? {}).find(
    (each) => each.toLowerCase() === word.toLowerCase(),
  );
  const run = name === undefined ? undefined : type.actions?.[name];
  if (run === undefined) throw notSimulated(`the action ${word} of ${type.type}`);
  version(type, request.query);
  permit(asked, `${type.type}/${name ?? word}/action`, id);
  const resource = findResource(context, id);
  if (resource === undefined) throw missing(context, type, id);
  return run({ context, resource, request });
}

async function collection(asked: Asked, path: ResourcePath): Promise<HttpResponse> {
  const { request, context } = asked;
  if (request.method !== 'GET') throw notSimulated(`${request.method} ${request.path}`);
  const type = known(context, typeOf(path));
  version(type, request.query);
  permit(asked, `${type.type}/read`, path.scope);
  const group = groupOf(request.path);
  if (group !== undefined) {
    const groupId = `/subscriptions/${context.subscriptionId}/resourceGroups/${group}`;
    if (context.resources.find(groupId) === undefined) throw groupNotFound(group);
  }
  const prefix = (path.segments.length === 1 ? path.scope : parentOf(request.path)).toLowerCase();
  if (path.segments.length > 1 && findResource(context, parentOf(request.path)) === undefined) {
    throw missing(context, type, parentOf(request.path));
  }
  await type.refresh?.({ context, parentId: parentOf(request.path) });
  const value = context.resources
    .ofType(type.type)
    .filter((each) => each.id.toLowerCase().startsWith(`${prefix}/`))
    .map((resource) => presentResource({ context, type, resource }));
  return answer(200, { value });
}

function parentOf(path: string): string {
  return path.replace(/\/$/, '').split('/').slice(0, -1).join('/');
}

function known(context: ArmContext, typeName: string, name?: string): ResourceType {
  const type = context.types.find(typeName, name);
  if (type === undefined) throw notSimulated(`resources of type ${typeName}`);
  return type;
}

function version(type: ResourceType, query: URLSearchParams): string {
  const asked = query.get('api-version');
  return checkApiVersion({ version: asked, type: type.type, known: type.apiVersions });
}

function permit(asked: Asked, wanted: string, scope: string): void {
  const { permissions } = asked.context;
  authorizeCaller({ permissions, caller: asked.caller, action: wanted, scope });
}

function missing(context: ArmContext, type: ResourceType, id: string): Error {
  const group = groupOf(id);
  const groupId = `/subscriptions/${context.subscriptionId}/resourceGroups/${group ?? ''}`;
  if (group !== undefined && context.resources.find(groupId) === undefined) {
    return groupNotFound(group);
  }
  return resourceNotFound({ type: type.type, name: nameOf(id), group });
}
