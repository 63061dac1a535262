export * from '../services/deployment/index.ts';
export * from '../services/functions/index.ts';
export * from '../services/market/index.ts';
export type { StorageAccountKeys } from '../services/storage/azurite/account-keys.ts';
export { type Azurite, startAzurite } from '../services/storage/azurite/start-azurite.ts';
