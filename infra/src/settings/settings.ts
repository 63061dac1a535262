import type { Stack } from '../stack.ts';

/** How the app reaches its storage: as itself, or with an account key from the vault. */
export const storageAuthModes = ['identity', 'key'] as const;
/** Who may read a secret is said by the vault's own access policies, or by role assignments. */
export const keyVaultAccessModes = ['policies', 'rbac'] as const;
/** How a secret reaches the code; docs/secrets.md says which to choose. */
export const secretsDeliveryModes = ['code', 'reference', 'hybrid'] as const;

export type StorageAuth = (typeof storageAuthModes)[number];
export type KeyVaultAccess = (typeof keyVaultAccessModes)[number];
export type SecretsDelivery = (typeof secretsDeliveryModes)[number];

/** A monthly limit at which people are told; Azure stops nothing by itself. */
export interface Budget {
  /** In the subscription's billing currency. */
  monthlyAmount: number;
  emails: string[];
  /** The first day of the month in which it starts: fixed, for Azure does not let it be moved. */
  startDate: string;
}

/** Everything about an environment that can be chosen, checked and with its defaults filled in. */
export interface Settings {
  stack: Stack;
  location: string;
  owner: string;
  /** The last day, or the moment, up to which the environment is wanted; null for no end. */
  expiry: string | null;
  commit: string;
  /** The slot that a preview runs in place of those of its schedule; null anywhere else. */
  runSlot: string | null;
  /** Six fields, seconds first, in `timeZone` or else in UTC. */
  schedule: string;
  timeZone: string | null;
  /** Where the hybrid's service principal signs in to a local cloud; null for Entra itself. */
  authorityUrl: string | null;
  /** The market that is asked; null where config/ names it, or where a listing is replayed. */
  venue: { url: string; accountId: string } | null;
  liveTrading: boolean;
  storageAuth: StorageAuth;
  storageRedundancy: 'lrs' | 'zrs';
  /** After how many days Azure reports a storage key as too old; null in identity mode. */
  keyExpiryDays: number | null;
  keyVaultAccess: KeyVaultAccess;
  secretsDelivery: SecretsDelivery;
  /** Names in the vault that become app settings in the `reference` way. */
  referencedSecrets: string[];
  operatorsGroupObjectId: string | null;
  hybridPrincipalObjectId: string | null;
  instanceMemoryMegabytes: number;
  maximumInstances: number;
  runtimeVersion: string;
  runRetentionDays: number;
  packageRetentionDays: number;
  logRetentionDays: number;
  budget: Budget | null;
}
