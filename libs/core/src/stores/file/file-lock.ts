import { mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MispricedError } from '../../domain/index.ts';

const staleAfterMilliseconds = 10_000;
const giveUpAfterMilliseconds = 20_000;
const pollMilliseconds = 5;

/**
 * Runs work that no other process runs at the same time: a file created exclusively is the lock. It
 * guards milliseconds of work, so one that is ten seconds old was left by a killed process.
 *
 * @throws MispricedError `STORE_UNAVAILABLE` when the lock cannot be had within twenty seconds.
 */
export async function withFileLock<Result>(
  lock: { path: string; sleep: (milliseconds: number) => Promise<void> },
  work: () => Promise<Result>,
): Promise<Result> {
  await mkdir(dirname(lock.path), { recursive: true });
  const giveUpAt = Date.now() + giveUpAfterMilliseconds;
  while (!(await tryLock(lock.path))) {
    if (Date.now() > giveUpAt) {
      throw new MispricedError({
        code: 'STORE_UNAVAILABLE',
        message: `${lock.path} stays locked by another process.`,
        fix: 'See whether another run hangs; delete the lock file if none is running.',
        retryable: true,
      });
    }
    await lock.sleep(pollMilliseconds);
  }
  try {
    return await work();
  } finally {
    await rm(lock.path, { force: true });
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const found = await stat(path).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > staleAfterMilliseconds) {
      await rm(path, { force: true });
    }
    return false;
  }
}
