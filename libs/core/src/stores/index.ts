export * from './file/file-object-store.ts';
export * from './kill-switch.ts';
export * from './ledger-store.ts';
export * from './model-registry.ts';
export * from './object-store.ts';
export * from './own-data-store.ts';
export type { Pointer } from './pointer.ts';
export * from './run-archive.ts';
export * from './run-lease.ts';
