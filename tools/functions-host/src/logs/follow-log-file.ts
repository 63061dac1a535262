import { setTimeout as sleep } from 'node:timers/promises';
import { tailFile } from './tail-file.ts';
import type { LogEntry } from './log-entry.ts';

/**
 * The lines of a host's log file, those that are there and then each as it is written, for readers
 * in another process. Ends when the signal is aborted; a file that is not there yet is waited for.
 */
export async function* followLogFile(args: {
  readonly file: string;
  readonly signal: AbortSignal;
  readonly pollMs?: number;
}): AsyncGenerator<LogEntry> {
  const file = tailFile(args.file);
  while (!args.signal.aborted) {
    for (const line of await file.read()) yield JSON.parse(line) as LogEntry;
    await pause(args.pollMs ?? 200, args.signal);
  }
}

async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(durationMs, undefined, { signal });
  } catch {
    // The wait was cut short by the signal, which ends the loop.
  }
}
