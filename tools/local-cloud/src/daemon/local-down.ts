import { setTimeout as wait } from 'node:timers/promises';
import { MispricedError, processIdentity } from '@mispriced/core';
import { localStatus, type LocalStatus } from './local-status.ts';
import { removeRunningRecord } from './running-record.ts';

const pollMilliseconds = 50;

/**
 * Stops the local cloud of a folder and waits until it is gone, also one that is too busy to answer:
 * it stops as soon as it comes to it. Only ever the process that wrote the record or took the lock is
 * stopped, never another that has its number by now; of a stale record the record alone is removed.
 *
 * @returns how it was before
 * @throws MispricedError when it is still there after the time
 */
export async function localDown(args: {
  stateFolder: string;
  timeoutSeconds?: number;
}): Promise<LocalStatus> {
  const before = await localStatus(args);
  if (before.state === 'stale') removeRunningRecord(args.stateFolder);
  const identity = before.pid === null ? null : processIdentity(before.pid);
  if (before.state === 'stopped' || before.state === 'stale' || before.pid === null) return before;
  if (identity === null) return before;
  process.kill(before.pid, 'SIGTERM');
  const deadline = Date.now() + (args.timeoutSeconds ?? 20) * 1000;
  while (Date.now() < deadline) {
    if (processIdentity(before.pid) !== identity) return before;
    await wait(pollMilliseconds);
  }
  throw new MispricedError({
    code: 'INTERNAL',
    message:
      `The local cloud (process ${before.pid}) was told to stop and has not yet` +
      (before.state === 'busy' ? '; it does not answer either.' : '.'),
    fix:
      'It stops once it comes to it; `npx mispriced local status` says whether it has. ' +
      `\`kill -9 ${before.pid}\` ends it at once, and what it knew stays.`,
  });
}
