import { type ArmEngineContext, resourceTypes } from '../engine/resource-type.ts';
import type { StorageAccounts } from './storage-accounts.ts';

/** What storage gives to the services after it. */
export interface StorageGiven {
  readonly storage: StorageAccounts;
}

/** What accounts, as resources, work with. */
export interface StorageContext extends ArmEngineContext, StorageGiven {}

/** Defines a type of resource that works with accounts. */
export const defineStorageType = resourceTypes<StorageContext>();
