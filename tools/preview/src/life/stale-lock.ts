import { hostname } from 'node:os';
import type { StackLock } from '@mispriced/environment';

/** A pipeline's job lives no longer than this: whoever held a lock before that is gone. */
const longestJobMinutes = 120;

/**
 * Whether whoever holds a lock is surely gone: on this machine its process is looked for, on another
 * the time since then has to tell.
 */
export function isStaleLock(
  lock: StackLock,
  now: Date,
  isAlive: (processId: number) => boolean = isProcessAlive,
): boolean {
  if (lock.host === hostname() && Number.isSafeInteger(lock.processId)) {
    return !isAlive(lock.processId);
  }
  // A time that cannot be read says nothing, and then somebody may be at work.
  return now.getTime() - lock.since.getTime() > longestJobMinutes * 60_000;
}

function isProcessAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
