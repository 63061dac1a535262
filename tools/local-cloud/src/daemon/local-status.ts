import { isAlive } from './ask-health.ts';
import { readRunningRecord } from './running-record.ts';

/** How the local cloud of a folder is. */
export interface LocalStatus {
  /** `stale`: it says it runs, but its process is gone or is another one. */
  readonly state: 'running' | 'stopped' | 'stale';
  readonly pid: number | null;
  readonly origin: string | null;
  readonly startedAt: string | null;
  /** Where the services beside Azure's are reached, by name. */
  readonly services: Readonly<Record<string, string>>;
}

/** Looks whether a local cloud runs in the background, by asking it. */
export async function localStatus(args: { stateFolder: string }): Promise<LocalStatus> {
  const record = readRunningRecord(args.stateFolder);
  if (record === null) {
    return { state: 'stopped', pid: null, origin: null, startedAt: null, services: {} };
  }
  const { pid, origin, startedAt, services } = record;
  const state = (await isAlive(record)) ? 'running' : 'stale';
  return { state, pid, origin, startedAt, services };
}
