import type { Resource } from '../engine/resource.ts';
import type { ResourceStore } from '../engine/resource-store.ts';

/** The site of a name, whichever group it is in: names are unique in a cloud. */
export function findSite(resources: ResourceStore, name: string): Resource | undefined {
  return resources
    .ofType('Microsoft.Web/sites')
    .find((each) => each.name.toLowerCase() === name.toLowerCase());
}
