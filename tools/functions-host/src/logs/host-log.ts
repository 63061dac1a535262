import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import type { LogEntry } from './log-entry.ts';

export type LogListener = (entry: LogEntry) => void;

/**
 * A host's log: one JSON object a line, appended before the call returns, so that the last words of
 * a host that is killed are on disk.
 */
export class HostLog {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #listeners = new Set<LogListener>();

  constructor(args: { readonly file: string; readonly clock: Clock }) {
    this.#file = args.file;
    this.#clock = args.clock;
    mkdirSync(dirname(args.file), { recursive: true });
  }

  write(line: Omit<LogEntry, 'time'>): void {
    const entry: LogEntry = { time: this.#clock.now().toISOString(), ...line };
    this.#append(entry);
    for (const listener of this.#listeners) listener(entry);
  }

  #append(entry: LogEntry): void {
    try {
      appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
    } catch (error) {
      // A full disk must not end a run that is under way, nor go unnoticed.
      process.emitWarning(`The log ${this.#file} cannot be written: ${String(error)}`);
    }
  }

  /** Calls back for every line from now on; the result ends that. */
  follow(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
