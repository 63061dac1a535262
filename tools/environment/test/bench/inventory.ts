import type { LocalCloud } from '@mispriced/local-cloud';

/** Everything there is in a local cloud: resources, deleted vaults among them, and identities. */
export function inventory(local: LocalCloud): string[] {
  const { resources, directory } = local.context;
  const ids = resources.all().map(({ id }) => id.toLowerCase());
  return [...ids, ...directory.all().map(({ objectId }) => objectId)].sort();
}

/** What one of two inventories has and the other has not. */
export function added(before: readonly string[], after: readonly string[]): string[] {
  const known = new Set(before);
  return after.filter((id) => !known.has(id));
}

/** A resource and everything below it, as the resource manager keeps it. */
export function below(local: LocalCloud, id: string): { id: string; name: string; text: string }[] {
  return local.context.resources.withDescendants(id).map((resource) => ({
    id: resource.id,
    name: resource.name,
    text: JSON.stringify(resource).toLowerCase(),
  }));
}
