import { setTimeout as wait } from 'node:timers/promises';
import { MispricedError } from '@mispriced/core';
import { processExists } from './ask-health.ts';
import { localStatus, type LocalStatus } from './local-status.ts';
import { removeRunningRecord } from './running-record.ts';

const pollMilliseconds = 50;

/**
 * Stops the local cloud of a folder and waits until it is gone. A process is only ever stopped
 * after it has said itself that it is the one; of a stale record the record alone is removed.
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
  if (before.state !== 'running' || before.pid === null) return before;
  process.kill(before.pid, 'SIGTERM');
  const deadline = Date.now() + (args.timeoutSeconds ?? 20) * 1000;
  while (Date.now() < deadline) {
    if (!processExists(before.pid)) return before;
    await wait(pollMilliseconds);
  }
  throw new MispricedError({
    code: 'INTERNAL',
    message: `The local cloud (process ${before.pid}) did not stop.`,
    fix: `Look at its log with \`npx mispriced local logs\`, or end process ${before.pid}.`,
  });
}
