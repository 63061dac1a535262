import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../src/clock/clock.ts';
import type { FunctionsHost, FunctionsHostOptions } from '../src/host/functions-host.ts';
import { startFunctionsHost } from '../src/host/start-functions-host.ts';
import type { HostKeys } from '../src/http/host-keys.ts';
import type { LogEntry } from '../src/logs/log-entry.ts';
import { MemoryStateStore } from '../src/state/memory-state-store.ts';
import { temporaryFolder, writeApp } from './write-app.ts';

/** Keys that tests can write out. */
const testKeys: HostKeys = {
  masterKey: 'the-master-key',
  functionKeys: { default: 'a-host-key' },
  systemKeys: {},
  keysByFunction: { guarded: { default: 'its-own-key' }, other: { default: 'key-of-another' } },
};

export interface TestHost {
  readonly host: FunctionsHost;
  readonly appFolder: string;
  readonly readLog: () => Promise<LogEntry[]>;
}

/** Starts a host for one test and ends it afterwards. The app is given as files or as a folder. */
export async function startTestHost(
  options: Partial<FunctionsHostOptions> & {
    readonly files?: Readonly<Record<string, string>>;
    readonly clock?: Clock;
  },
): Promise<TestHost> {
  const { files, ...rest } = options;
  const clock = options.clock ?? systemClock;
  const appFolder = options.appFolder ?? (await writeApp(files ?? {}));
  const logFile = options.logFile ?? join(await temporaryFolder(), 'host.jsonl');
  const host = await startFunctionsHost({
    settings: {},
    stateStore: new MemoryStateStore(clock),
    keys: testKeys,
    ...rest,
    appFolder,
    logFile,
  });
  onTestFinished(async () => {
    await host.stop();
    await rm(appFolder, { recursive: true, force: true });
    await rm(dirname(logFile), { recursive: true, force: true });
  });
  return { host, appFolder, readLog: () => readLog(logFile) };
}

/** The entries of a host's log file. */
async function readLog(logFile: string): Promise<LogEntry[]> {
  const lines = (await readFile(logFile, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as LogEntry);
}
