import { answer, HttpError, type HttpResponse } from '@mispriced/loopback-server';
import { badRequest, groupNotFound, parentNotFound } from './errors.ts';
import { checkLocation } from './locations.ts';
import { presentResource } from './present.ts';
import type { Resource, ResourceBody } from './resource.ts';
import { groupOf, nameOf, parentId, parseResourcePath } from './resource-id.ts';
import type { ArmEngineContext, ResourceType } from './resource-type.ts';
import { findResource } from './find-resource.ts';
import { validateBody } from './validate.ts';

/** Creates a resource or replaces it. @throws HttpError as the type and its place demand. */
export async function putResource(args: {
  context: ArmEngineContext;
  type: ResourceType;
  id: string;
  body: unknown;
  apiVersion: string;
}): Promise<HttpResponse> {
  const { context, type } = args;
  const stored = context.resources.find(args.id);
  const id = stored?.id ?? args.id;
  const name = nameOf(id);
  checkPlace(context, type, id);
  if (!type.name.pattern.test(name)) throw badRequest(type.name.message(name), type.name.code);
  const given = validateBody(type, args.body) as ResourceBody;
  const body = placedBody(type, given, stored);
  const prepared = (await type.prepare?.({
    context,
    id,
    name,
    body,
    existing: stored,
    apiVersion: args.apiVersion,
  })) ?? {
    body,
    facts: stored?.facts ?? {},
  };
  const now = context.clock().toISOString();
  const resource: Resource = {
    id,
    type: type.type,
    name,
    body: withoutPath(prepared.body),
    facts: prepared.facts,
    createdAt: stored?.createdAt ?? now,
    changedAt: now,
  };
  context.resources.put(resource);
  await type.afterPut?.({ context, resource, given: body, existing: stored });
  const shown = (): Record<string, unknown> =>
    presentResource({ context, type, resource: context.resources.find(id) ?? resource });
  if (stored !== undefined || type.put === undefined) {
    return answer(stored === undefined ? (type.createdStatus ?? 201) : 200, shown());
  }
  const headers = context.operations.start({
    style: type.put,
    base: operationBase(context, type, body.location),
    apiVersion: args.apiVersion,
    result: () => answer(200, shown()),
  });
  return type.put === 'location' ? answer(202, undefined, headers) : answer(201, shown(), headers);
}

/** Where the progress of an operation on a type is asked for. */
export function operationBase(
  context: ArmEngineContext,
  type: ResourceType,
  location: string | undefined,
): string {
  const namespace = type.type.split('/')[0] ?? '';
  const place = location ?? 'global';
  return `/subscriptions/${context.subscriptionId}/providers/${namespace}/locations/${place}`;
}

function checkPlace(context: ArmEngineContext, type: ResourceType, id: string): void {
  if (parseResourcePath(id) === undefined) return;
  const group = groupOf(id);
  const groupId = `/subscriptions/${context.subscriptionId}/resourceGroups/${group ?? ''}`;
  if (group !== undefined && context.resources.find(groupId) === undefined) {
    throw groupNotFound(group);
  }
  if (type.extension === true) {
    const scope = parseResourcePath(id)?.scope ?? '';
    const isResource = parseResourcePath(scope) !== undefined;
    if (isResource && context.resources.find(scope) === undefined) {
      throw parentNotFound(nameOf(scope));
    }
    return;
  }
  const parent = parentId(id);
  if (parent !== undefined && findResource(context, parent) === undefined) {
    throw parentNotFound(nameOf(parent));
  }
}

function placedBody(
  type: ResourceType,
  body: ResourceBody,
  existing: Resource | undefined,
): ResourceBody {
  if (body.location === undefined) return body;
  const location = checkLocation(type.type, body.location);
  const before = existing?.body.location;
  if (before !== undefined && before !== location) {
    throw new HttpError({
      status: 409,
      code: 'InvalidResourceLocation',
      message:
        `The resource '${existing?.name ?? ''}' already exists in location '${before}' in ` +
        `resource group '${groupOf(existing?.id ?? '') ?? ''}'. A resource with the same name ` +
        `cannot be created in location '${location}'. Please select a new resource name.`,
    });
  }
  return { ...body, location };
}

function withoutPath(body: ResourceBody): ResourceBody {
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => !['id', 'name', 'type'].includes(name)),
  );
}
