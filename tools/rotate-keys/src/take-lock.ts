import { acquireRunLease, MispricedError, oneClock, type RunLease } from '@mispriced/core';
import type { KeyEnvironment } from './environment.ts';
import type { Timeouts } from './timeouts.ts';
import type { RotationDependencies } from './rotation-dependencies.ts';

/**
 * Takes the lease that only one rotation of a stack can hold; that of a process which was killed lapses
 * within seconds.
 *
 * @throws MispricedError `ROTATION_BUSY`
 */
export async function takeLock(
  environment: KeyEnvironment,
  dependencies: RotationDependencies,
  timeouts: Timeouts,
): Promise<RunLease> {
  const lock = await acquireRunLease({
    objects: environment.objects,
    account: 'key-rotation',
    waitSeconds: timeouts.lockSeconds,
    clocks: oneClock(dependencies.now),
    sleep: dependencies.sleep,
  });
  if (lock !== null) return lock;
  throw new MispricedError({
    code: 'ROTATION_BUSY',
    message: `Another rotation of the keys of ${environment.stack} is under way.`,
    fix: 'Wait until it has ended. Nothing was changed by this call.',
    retryable: true,
  });
}

/** @throws MispricedError `ROTATION_BUSY` where somebody else may hold the lease now. */
export async function stillAlone(lock: RunLease | null): Promise<void> {
  try {
    await lock?.ensureHeld();
  } catch (error) {
    throw new MispricedError({
      code: 'ROTATION_BUSY',
      message: 'The lease on the rotation was lost: another one may have begun.',
      fix: 'See its result, then give the command again if that is still needed.',
      retryable: true,
      cause: error,
    });
  }
}
