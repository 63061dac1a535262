import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type FunctionsHost,
  type FunctionsHostOptions,
  MemoryStateStore,
  startFunctionsHost,
} from '@mispriced/functions-host';
import { onTestFinished } from 'vitest';
import { workspaceRoot } from '../../crash/support/run-once.ts';

/** Registers what is to be done once a test has ended. */
export type OnFinished = (end: () => Promise<void>) => void;

/** The app under the functions host double, and the host's log. */
export interface AppHost {
  readonly host: FunctionsHost;
  /** The whole log as it stands. */
  readonly readLog: () => Promise<string>;
}

/**
 * Starts the app's own folder as Azure would, for one test.
 *
 * @param onFinished The test's own where tests run at the same time: the general one mixes them up.
 */
export async function startAppHost(
  options: Pick<FunctionsHostOptions, 'settings'> & Partial<FunctionsHostOptions>,
  onFinished: OnFinished = onTestFinished,
): Promise<AppHost> {
  const logFile = join(await mkdtemp(join(tmpdir(), 'mispriced-host-')), 'host.log');
  const host = await startFunctionsHost({
    appFolder: join(workspaceRoot, 'apps', 'strategy'),
    stateStore: new MemoryStateStore(options.clock),
    runTimers: false,
    logFile,
    ...options,
  });
  onFinished(() => host.stop());
  return { host, readLog: () => readFile(logFile, 'utf8') };
}
