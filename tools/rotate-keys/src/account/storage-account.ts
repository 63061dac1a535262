import type { Secret } from '@mispriced/config';

/** The two keys that every storage account has; either opens it. */
export const keyNames = ['key1', 'key2'] as const;

/** One of the two. */
export type KeyName = (typeof keyNames)[number];

/** A key as the account has it now. */
export interface AccountKey {
  readonly name: KeyName;
  /** ISO 8601, UTC; null for one that is older than Azure's record of it. */
  readonly createdAt: string | null;
  readonly value: Secret;
}

/** A storage account, with what its keys open. */
export interface StorageAccount {
  /** Its resource id. */
  readonly id: string;
  readonly name: string;
  readonly endpoints: {
    readonly blob: string;
    readonly queue: string | null;
    readonly table: string | null;
  };
  /** Whether it accepts its keys at all. */
  readonly sharedKeyAllowed: boolean;
  readonly keys: Readonly<Record<KeyName, AccountKey>>;
}

/** The other of the two. */
export function otherKey(name: KeyName): KeyName {
  return name === 'key1' ? 'key2' : 'key1';
}
