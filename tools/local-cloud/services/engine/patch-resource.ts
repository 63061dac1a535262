import { isObject } from '@mispriced/azure';
import type { HttpResponse } from '@mispriced/loopback-server';
import { badRequest, resourceNotFound } from './errors.ts';
import { findResource } from './find-resource.ts';
import { putResource } from './put-resource.ts';
import type { ResourceBody } from './resource.ts';
import { groupOf, nameOf } from './resource-id.ts';
import type { ArmEngineContext, ResourceType } from './resource-type.ts';

/** Changes what is named and leaves the rest; tags are replaced as a whole, as Azure does. */
export async function patchResource(args: {
  context: ArmEngineContext;
  type: ResourceType;
  id: string;
  body: unknown;
  apiVersion: string;
}): Promise<HttpResponse> {
  const existing = findResource(args.context, args.id);
  if (existing === undefined) {
    throw resourceNotFound({
      type: args.type.type,
      name: nameOf(args.id),
      group: groupOf(args.id),
    });
  }
  const { body } = args;
  if (!isObject(body)) {
    throw badRequest('The body of a PATCH must be a JSON object.', 'InvalidRequestContent');
  }
  const { tags, ...rest } = body as ResourceBody;
  const merged = merge(existing.body, rest) as ResourceBody;
  return putResource({
    ...args,
    body: { ...merged, ...(tags !== undefined && { tags }) },
  });
}

function merge(before: unknown, change: unknown): unknown {
  if (!isObject(before) || !isObject(change)) return change;
  const merged: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(change)) {
    if (value !== undefined) merged[name] = merge(before[name], value);
  }
  return merged;
}
