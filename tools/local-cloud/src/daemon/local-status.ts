import { askHealth } from './ask-health.ts';
import { lockHolder } from './lock.ts';
import { readRunningRecord } from './running-record.ts';

/** How the local cloud of a folder is. */
export interface LocalStatus {
  /**
   * `busy`: its process is there and does not answer, because it is starting, at work or held up.
   * `stale`: it says it runs, but its process is gone or is another one.
   */
  readonly state: 'running' | 'busy' | 'stopped' | 'stale';
  readonly pid: number | null;
  readonly origin: string | null;
  readonly startedAt: string | null;
  /** Where the services beside Azure's are reached, by name. */
  readonly services: Readonly<Record<string, string>>;
}

/** Looks whether a local cloud runs in the background, by asking it. */
export async function localStatus(args: { stateFolder: string }): Promise<LocalStatus> {
  const record = readRunningRecord(args.stateFolder);
  const state = record === null ? 'stopped' : await askHealth(record);
  if (record !== null && state !== 'stale') {
    const { pid, origin, startedAt, services } = record;
    return { state, pid, origin, startedAt, services };
  }
  // Before its first answer, a local cloud has the lock and no record.
  const pid = lockHolder(args.stateFolder);
  const unknown = { origin: null, startedAt: null, services: {} };
  if (pid !== null) return { state: 'busy', pid, ...unknown };
  return { state, pid: record?.pid ?? null, ...unknown };
}
