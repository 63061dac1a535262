import type { ArmEngineContext } from './resource-type.ts';
import type { Resource } from './resource.ts';
import { nameOf, parentId, parseResourcePath, typeOf } from './resource-id.ts';

/** A resource that was created, or that is there by itself because its parent is. */
export function findResource(context: ArmEngineContext, id: string): Resource | undefined {
  const stored = context.resources.find(id);
  if (stored !== undefined) return stored;
  const path = parseResourcePath(id);
  const type = path === undefined ? undefined : context.types.find(typeOf(path), nameOf(id));
  const name = type?.implicit?.names.find((each) => each === nameOf(id).toLowerCase());
  const parent = parentId(id);
  if (type?.implicit === undefined || name === undefined || parent === undefined) return undefined;
  const owner = findResource(context, parent);
  if (owner === undefined) return undefined;
  return {
    id: [...id.split('/').slice(0, -1), name].join('/'),
    type: type.type,
    name,
    body: type.implicit.body,
    facts: {},
    createdAt: owner.createdAt,
    changedAt: owner.createdAt,
  };
}
