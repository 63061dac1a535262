import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MispricedError } from '@mispriced/core';
import { omit } from '../omit.ts';
import { makePrivateFolder } from '../state/state-folder.ts';
import { busyLocalCloud } from './busy-local-cloud.ts';
import { localLogs } from './local-logs.ts';
import { localStatus, type LocalStatus } from './local-status.ts';
import { logFile } from './log-source.ts';
import { refuseForeignFolder } from './refuse-foreign-folder.ts';
import { removeRunningRecord } from './running-record.ts';

const pollMilliseconds = 100;

/**
 * Starts the local cloud in the background, or finds the one that runs already. Settles when it
 * answers; what it knew at its last stop it knows again.
 *
 * @throws MispricedError when it does not answer within the time, with the end of its log; for a
 * folder with something in it that is no local cloud's state
 */
export async function localUp(args: {
  stateFolder: string;
  timeoutSeconds?: number;
}): Promise<LocalStatus> {
  const stateFolder = resolve(args.stateFolder);
  const before = await localStatus({ stateFolder });
  if (before.state === 'running') return before;
  if (before.state === 'stale') removeRunningRecord(stateFolder);
  refuseForeignFolder(stateFolder);
  makePrivateFolder(stateFolder);
  // One that is busy is waited for; a second could not take its place.
  const child = before.state === 'busy' ? null : spawnLocalCloud(stateFolder);
  const deadline = Date.now() + (args.timeoutSeconds ?? 60) * 1000;
  let last = before;
  while (Date.now() < deadline) {
    last = await localStatus({ stateFolder });
    if (last.state === 'running') return last;
    if (last.state === 'stopped' && child === null) return localUp(args);
    // Zero means that another one was starting here already; that one is waited for.
    if (child !== null && child.exitCode !== null && child.exitCode !== 0) break;
    await wait(pollMilliseconds);
  }
  if (last.state === 'busy') throw busyLocalCloud(stateFolder, last.pid);
  throw new MispricedError({
    code: 'INTERNAL',
    message:
      `The local cloud in ${stateFolder} did not start. Its log ends with:\n` +
      localLogs({ stateFolder, lines: 15 }),
    fix:
      'Mend what its log names and start it again. `npx mispriced local reset` would begin anew, ' +
      'without anything that it knew.',
  });
}

function spawnLocalCloud(stateFolder: string): ChildProcess {
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
  return child;
}
