export * from './automation-command.ts';
export { cacheFolder } from './cache-folder.ts';
export * from './find-pulumi.ts';
export type * from './found-pulumi.ts';
export { makeFolderOnce } from './make-once.ts';
