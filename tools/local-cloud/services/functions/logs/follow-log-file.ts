import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
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
  let position = 0;
  let unfinished = '';
  while (!args.signal.aborted) {
    const text = await readFrom(args.file, position);
    position += Buffer.byteLength(text);
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as LogEntry;
    await pause(args.pollMs ?? 200, args.signal);
  }
}

async function readFrom(file: string, position: number): Promise<string> {
  try {
    await using handle = await open(file, 'r');
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.max(0, size - position));
    await handle.read(buffer, 0, buffer.length, position);
    // Half a character at the end of what was read is left for the next time.
    return buffer.toString('utf8').replace(/\uFFFD+$/, '');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(durationMs, undefined, { signal });
  } catch {
    // The wait was cut short by the signal, which ends the loop.
  }
}
