import { randomBytes } from 'node:crypto';

/** The two keys of a storage account, base64, either of which opens it. */
export interface StorageAccountKeys {
  readonly key1: string;
  readonly key2: string;
}

/** A key as Azure makes them: 64 random bytes, base64. */
export function newStorageKey(): string {
  return randomBytes(64).toString('base64');
}

/** Two fresh keys for an account. */
export function newStorageAccountKeys(): StorageAccountKeys {
  return { key1: newStorageKey(), key2: newStorageKey() };
}
