import { answer, type HttpResponse } from '@mispriced/loopback-server';
import { operationBase } from './put-resource.ts';
import type { ArmEngineContext, ResourceType } from './resource-type.ts';

/** Deletes a resource with all that is below it; one that is not there is no error. */
export async function deleteResource(args: {
  context: ArmEngineContext;
  type: ResourceType;
  id: string;
  apiVersion: string;
}): Promise<HttpResponse> {
  const { context, type } = args;
  const resource = context.resources.find(args.id);
  if (resource === undefined) return answer(204);
  await type.beforeDelete?.({ context, resource });
  await removeWithDescendants(context, args.id);
  if (type.delete === undefined) return answer(200);
  const headers = context.operations.start({
    style: type.delete,
    base: operationBase(context, type, resource.body.location),
    apiVersion: args.apiVersion,
    result: () => answer(200),
  });
  return answer(202, undefined, headers);
}

/** Removes resources, children first, and lets each type clean up after its own. */
export async function removeWithDescendants(context: ArmEngineContext, id: string): Promise<void> {
  for (const resource of context.resources.withDescendants(id)) {
    context.resources.remove(resource.id);
    await context.types.find(resource.type, resource.name)?.afterDelete?.({ context, resource });
  }
}
