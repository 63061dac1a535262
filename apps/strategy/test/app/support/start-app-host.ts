import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  MemoryStateStore,
  startFunctionsHost,
  type FunctionsHost,
  type FunctionsHostOptions,
} from '@mispriced/local-cloud';
import { onTestFinished } from 'vitest';
import { workspaceRoot } from '../../crash/support/run-once.ts';

/** The app under the functions host double, and the host's log. */
export interface AppHost {
  readonly host: FunctionsHost;
  /** The whole log as it stands. */
  readonly readLog: () => Promise<string>;
}

/** Starts the app's own folder as Azure would, for one test. */
export async function startAppHost(
  options: Pick<FunctionsHostOptions, 'settings'> & Partial<FunctionsHostOptions>,
): Promise<AppHost> {
  const logFile = join(await mkdtemp(join(tmpdir(), 'mispriced-host-')), 'host.log');
  const host = await startFunctionsHost({
    appFolder: join(workspaceRoot, 'apps', 'strategy'),
    stateStore: new MemoryStateStore(options.clock),
    runTimers: false,
    logFile,
    ...options,
  });
  onTestFinished(() => host.stop());
  return { host, readLog: () => readFile(logFile, 'utf8') };
}
