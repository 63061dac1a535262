import type { ResourceStore } from '../engine/resource-store.ts';
import type { StorageAccountView } from './storage-front.ts';

/** Finds accounts among the resources, as the storage front needs them. */
export function accountLookup(
  resources: ResourceStore,
): (name: string) => StorageAccountView | undefined {
  return (name) => {
    const found = resources
      .ofType('Microsoft.Storage/storageAccounts')
      .find((each) => each.name === name);
    if (found === undefined) return undefined;
    const properties = found.body.properties ?? {};
    const network = properties['networkAcls'] as { defaultAction?: string } | undefined;
    return {
      resourceId: found.id,
      // On Azure, unset means allowed.
      allowSharedKeyAccess: properties['allowSharedKeyAccess'] !== false,
      allowBlobPublicAccess: properties['allowBlobPublicAccess'] === true,
      publicNetworkAccess:
        properties['publicNetworkAccess'] !== 'Disabled' && network?.defaultAction !== 'Deny',
    };
  };
}
