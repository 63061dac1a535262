import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a lock beats and when it counts as left behind, milliseconds. */
export interface LockTimes {
  readonly beatMilliseconds: number;
  readonly leftBehindAfterMilliseconds: number;
}

const usualTimes: LockTimes = { beatMilliseconds: 1_000, leftBehindAfterMilliseconds: 20_000 };

/**
 * Does some work while holding a folder that only one process can make, and removes the folder with
 * all that is in it. A holder that was killed stops touching it; another then takes it away.
 *
 * @param work Gets the folder, to build in: what a killed holder left there goes with the lock.
 */
export async function withFolderLock<Result>(
  folder: string,
  work: (folder: string) => Promise<Result>,
  { times = usualTimes, onWait }: { times?: LockTimes; onWait?: () => void } = {},
): Promise<Result> {
  let hasWaited = false;
  while (!(await tryMake(folder))) {
    if (!hasWaited) onWait?.();
    hasWaited = true;
    await removeIfLeftBehind(folder, times);
    await sleep(times.beatMilliseconds);
  }
  const beat = setInterval(() => {
    const now = new Date();
    // Fails when another took a lock that had stood still too long; the work then fails by itself.
    utimes(folder, now, now).catch(() => undefined);
  }, times.beatMilliseconds);
  try {
    return await work(folder);
  } finally {
    clearInterval(beat);
    await rm(folder, { recursive: true, force: true });
  }
}

async function tryMake(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function removeIfLeftBehind(folder: string, times: LockTimes): Promise<void> {
  const aside = `${folder}-left-behind-${randomUUID()}`;
  try {
    const age = Date.now() - (await stat(folder)).mtimeMs;
    if (age < times.leftBehindAfterMilliseconds) return;
    // Of several that wait, only one can move it.
    await rename(folder, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
