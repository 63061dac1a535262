import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileLockHolder, MispricedError, takeFileLock, type FileLock } from '@mispriced/core';

/**
 * Makes this process the only one that uses a folder. A lock whose process is gone is taken over.
 *
 * @throws MispricedError `STORE_CONFLICT` naming the process that uses it.
 */
export async function lockFolder(folder: string): Promise<FileLock> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'in-use');
  const lock = takeFileLock(path);
  if (lock !== null) return lock;
  const holder = fileLockHolder(path);
  throw new MispricedError({
    code: 'STORE_CONFLICT',
    message: `${folder} is in use by another command${holder === null ? '' : ` (process ${holder})`}.`,
    fix: 'Wait until it has ended, or name another folder with --state.',
    retryable: true,
  });
}
