import { join } from 'node:path';
import { fileLockHolder, takeFileLock, type FileLock } from '@mispriced/core';

const fileOf = (stateFolder: string): string => join(stateFolder, 'daemon.lock');

/** The right to be the one local cloud of a folder; null where a living process has it. */
export function takeLock(stateFolder: string): FileLock | null {
  return takeFileLock(fileOf(stateFolder));
}

/** The number of the living process that has the lock; null where none has. */
export function lockHolder(stateFolder: string): number | null {
  return fileLockHolder(fileOf(stateFolder));
}
