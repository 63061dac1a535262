import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MispricedError } from '@mispriced/core';
import { omit } from '../omit.ts';
import { localLogs } from './local-logs.ts';
import { localStatus, type LocalStatus } from './local-status.ts';
import { logFile } from './log-source.ts';
import { removeRunningRecord } from './running-record.ts';

const pollMilliseconds = 100;

/**
 * Starts the local cloud in the background, or finds the one that runs already. Settles when it
 * answers; what it knew at its last stop it knows again.
 *
 * @throws MispricedError when it does not answer within the time, with the end of its log
 */
export async function localUp(args: {
  stateFolder: string;
  timeoutSeconds?: number;
}): Promise<LocalStatus> {
  const stateFolder = resolve(args.stateFolder);
  const before = await localStatus({ stateFolder });
  if (before.state === 'running') return before;
  if (before.state === 'stale') removeRunningRecord(stateFolder);
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  const log = openSync(logFile(stateFolder), 'a', 0o600);
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('main.ts', import.meta.url)), stateFolder],
    {
      detached: true,
      stdio: ['ignore', log, log],
      // What points this shell at a local cloud must not reach the local cloud itself.
      env: omit(process.env, 'NODE_OPTIONS', 'AZURITE_ACCOUNTS'),
    },
  );
  closeSync(log);
  child.unref();
  const deadline = Date.now() + (args.timeoutSeconds ?? 60) * 1000;
  while (Date.now() < deadline) {
    const status = await localStatus({ stateFolder });
    if (status.state === 'running') return status;
    // Zero means that another one was starting here already; that one is waited for.
    if (child.exitCode !== null && child.exitCode !== 0) break;
    await wait(pollMilliseconds);
  }
  throw new MispricedError({
    code: 'INTERNAL',
    message:
      `The local cloud in ${stateFolder} did not start. Its log ends with:\n` +
      localLogs({ stateFolder, lines: 15 }),
    fix: 'Try `npx mispriced local reset`, which forgets what it knew, and start it again.',
  });
}
