import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '@mispriced/loopback-server';

const recordSchema = z.object({
  pid: z.number().int().positive(),
  /** Tells this process from another that got its number later. */
  identity: z.string(),
  /** Tells it from another that got its port later. */
  instanceId: z.string(),
  origin: z.string(),
  startedAt: z.string(),
  certificateFile: z.string(),
  services: z.record(z.string(), z.string()),
});

const checkMilliseconds = 2_000;

/** What a local cloud in the background leaves for those who look for it. */
export type RunningRecord = z.infer<typeof recordSchema>;

const fileOf = (stateFolder: string): string => join(stateFolder, 'running.json');

/** The record, whether or not its process still lives; null where there is none. */
export function readRunningRecord(stateFolder: string): RunningRecord | null {
  const file = fileOf(stateFolder);
  if (!existsSync(file)) return null;
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Leaves the record, once the local cloud answers. */
function writeRunningRecord(stateFolder: string, record: RunningRecord): void {
  writeAtomically(fileOf(stateFolder), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * Leaves the record and, until told to stop, leaves it again where it was taken away: a local cloud
 * without one could be neither found nor stopped.
 */
export function keepRunningRecord(stateFolder: string, record: RunningRecord): { stop(): void } {
  writeRunningRecord(stateFolder, record);
  const timer = setInterval(() => {
    if (readRunningRecord(stateFolder)?.instanceId === record.instanceId) return;
    writeRunningRecord(stateFolder, record);
  }, checkMilliseconds);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** Takes the record away. */
export function removeRunningRecord(stateFolder: string): void {
  rmSync(fileOf(stateFolder), { force: true });
}
