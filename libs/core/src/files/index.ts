export * from './cache-folder.ts';
export { fileLockHolder, takeFileLock, type FileLock } from './file-lock.ts';
export * from './make-folder-once.ts';
export { processExists, processIdentity } from './process-identity.ts';
export { withFileLock } from './with-file-lock.ts';
