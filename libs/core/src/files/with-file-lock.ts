import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { MispricedError } from '../domain/errors.ts';
import { fileLockHolder, takeFileLock, type FileLock } from './file-lock.ts';

/**
 * Runs work that no other process of this machine runs at the same time, under the lock of that path.
 * Waits while a living process has it.
 *
 * @throws MispricedError `STORE_UNAVAILABLE` when the lock cannot be had within the time given.
 */
export async function withFileLock<Result>(
  lock: {
    path: string;
    pollMilliseconds: number;
    giveUpAfterMilliseconds?: number;
    sleep?: (milliseconds: number) => Promise<unknown>;
    /** Called once, where the lock is not to be had at once. */
    onWait?: () => void;
  },
  work: () => Promise<Result>,
): Promise<Result> {
  await mkdir(dirname(lock.path), { recursive: true });
  const held = takeFileLock(lock.path) ?? (await waitFor(lock));
  try {
    return await work();
  } finally {
    held.release();
  }
}

async function waitFor(lock: Parameters<typeof withFileLock>[0]): Promise<FileLock> {
  const giveUpAt = Date.now() + (lock.giveUpAfterMilliseconds ?? Infinity);
  lock.onWait?.();
  while (Date.now() <= giveUpAt) {
    await (lock.sleep ?? sleepFor)(lock.pollMilliseconds);
    const held = takeFileLock(lock.path);
    if (held !== null) return held;
  }
  const holder = fileLockHolder(lock.path);
  throw new MispricedError({
    code: 'STORE_UNAVAILABLE',
    message: `${lock.path} stays locked by ${holder === null ? 'other processes' : `process ${holder}`}.`,
    fix: 'See whether that process hangs, and end it: the lock of a process that is gone is taken over.',
    retryable: true,
  });
}
