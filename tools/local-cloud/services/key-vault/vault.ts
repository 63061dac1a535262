/** What the data plane needs to know of a vault; the resource manager owns it. */
export interface Vault {
  readonly name: string;
  readonly resourceId: string;
  readonly location: string;
  readonly tenantId: string;
  readonly accessPolicies: readonly VaultAccessPolicy[];
  readonly enableRbacAuthorization: boolean;
  readonly softDeleteRetentionInDays: number;
  readonly enablePurgeProtection: boolean;
  readonly publicNetworkAccess: boolean;
}

/** What one identity, or group, may do with what is in a vault. */
interface VaultAccessPolicy {
  readonly objectId: string;
  readonly secrets: readonly string[];
  readonly keys: readonly string[];
}

/** The vault of that name that is there and not deleted. */
export type VaultLookup = (name: string) => Vault | undefined;
