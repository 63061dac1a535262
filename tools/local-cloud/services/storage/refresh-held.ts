import type { StorageContext } from './storage-context.ts';
import { parentId } from '../engine/resource-id.ts';
import { heldContainers } from './data-plane.ts';

/**
 * Containers and queues are made and removed by the data's own interface as well, which the resource
 * manager sees: what is there is what Azurite has. Whatever is kept was made in Azurite before.
 */
export async function refreshHeld(args: {
  context: StorageContext;
  parentId: string;
  type: string;
  service: 'blob' | 'queue';
}): Promise<void> {
  const { context, service, type } = args;
  const { resources, storage } = context;
  const owner = resources.find(parentId(args.parentId) ?? '');
  if (owner === undefined || storage.keys(owner.name) === undefined) return;
  const collection = `${owner.id}/${service}Services/default/${service === 'blob' ? 'containers' : 'queues'}`;
  const known = resources.ofType(type).filter((each) => isBelow(each.id, collection));
  const held = await heldContainers({ ...storage, account: owner.name, service });
  for (const each of known) {
    if (!held.some(({ name }) => name === each.name)) resources.remove(each.id);
  }
  const now = context.clock().toISOString();
  for (const { name, publicAccess } of held) {
    // Found only now: it may have been made while Azurite was asked.
    const before = resources.find(`${collection}/${name}`);
    const shown = service === 'blob' ? { publicAccess } : {};
    const accessBefore = before?.body.properties?.['publicAccess'];
    if (before !== undefined && shown.publicAccess === accessBefore) continue;
    const properties = { ...before?.body.properties, ...shown };
    resources.put({
      ...(before ?? { id: `${collection}/${name}`, type, name, facts: {}, createdAt: now }),
      body: { ...before?.body, properties },
      changedAt: now,
    });
  }
}

function isBelow(id: string, collection: string): boolean {
  return id.toLowerCase().startsWith(`${collection.toLowerCase()}/`);
}
