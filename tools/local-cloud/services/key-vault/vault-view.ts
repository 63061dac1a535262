import { z } from 'zod';
import type { Resource } from '../engine/resource.ts';
import type { ResourceStore } from '../engine/resource-store.ts';
import type { Vault, VaultLookup } from './vault.ts';

const stored = z.object({
  tenantId: z.string(),
  accessPolicies: z.array(
    z.object({
      objectId: z.string(),
      permissions: z.object({
        secrets: z.array(z.string()).default([]),
        keys: z.array(z.string()).default([]),
      }),
    }),
  ),
  enableRbacAuthorization: z.boolean().nullish(),
  softDeleteRetentionInDays: z.number(),
  enablePurgeProtection: z.boolean().nullish(),
  publicNetworkAccess: z.string(),
  networkAcls: z.object({ defaultAction: z.string().optional() }).optional(),
});

/** A vault resource as the data plane needs it. */
export function vaultOf(resource: Resource): Vault {
  const properties = stored.parse(resource.body.properties);
  return {
    name: resource.name.toLowerCase(),
    resourceId: resource.id,
    location: resource.body.location ?? '',
    tenantId: properties.tenantId,
    accessPolicies: properties.accessPolicies.map((policy) => ({
      objectId: policy.objectId,
      secrets: policy.permissions.secrets,
      keys: policy.permissions.keys,
    })),
    enableRbacAuthorization: properties.enableRbacAuthorization ?? false,
    softDeleteRetentionInDays: properties.softDeleteRetentionInDays,
    enablePurgeProtection: properties.enablePurgeProtection ?? false,
    publicNetworkAccess:
      properties.publicNetworkAccess === 'Enabled' &&
      properties.networkAcls?.defaultAction !== 'Deny',
  };
}

/** Finds vaults among the resources. */
export function vaultLookup(resources: ResourceStore): VaultLookup {
  return (name) => {
    const found = resources
      .ofType('Microsoft.KeyVault/vaults')
      .find((each) => each.name.toLowerCase() === name.toLowerCase());
    return found === undefined ? undefined : vaultOf(found);
  };
}
