import type { z } from 'zod';
import { MispricedError } from '../domain/index.ts';
import type { ObjectStore } from './object-store.ts';

/** A book of what was done, one JSON value a line. Lines are only ever added. */
export interface AppendLog<Entry> {
  /** Where it is, for people. */
  readonly location: string;
  /** Every line so far, in the order they were written. Throws `DATA_INVALID` for one that is broken. */
  read(): Promise<readonly Entry[]>;
  /** Adds a line at the end, after those that others add at the same time. */
  add(entry: Entry): Promise<void>;
}

const attempts = 5;

/**
 * Opens a log that several may write to at once. The object appears with its first line.
 *
 * @param log.name what people call it, for messages
 * @param log.around runs each attempt to write a line; tests stop a process there
 */
export function openAppendLog<Entry>(log: {
  objects: ObjectStore;
  container: string;
  path: string;
  schema: z.ZodType<Entry>;
  name: string;
  around?: (entry: Entry, write: () => Promise<void>) => Promise<void>;
}): AppendLog<Entry> {
  const { objects, container, path } = log;
  const around = log.around ?? ((_entry, write) => write());
  const read = async (): Promise<{ entries: readonly Entry[]; length: number }> => {
    const stored = await objects.read(container, path);
    if (stored === null) return { entries: [], length: 0 };
    const lines = new TextDecoder().decode(stored.bytes).split('\n');
    const entries = lines.filter((line) => line !== '').map((line) => parseLine(line, log));
    return { entries, length: stored.bytes.length };
  };
  return {
    location: objects.locate(container, path),
    read: async () => (await read()).entries,
    add: async (entry) => {
      const bytes = new TextEncoder().encode(`${JSON.stringify(entry)}\n`);
      for (let attempt = 1; ; attempt += 1) {
        const { length } = await read();
        try {
          await around(entry, () => objects.append(container, path, bytes, length));
          return;
        } catch (error) {
          const isConflict = error instanceof MispricedError && error.code === 'STORE_CONFLICT';
          if (!isConflict || attempt >= attempts) throw error;
        }
      }
    },
  };
}

function parseLine<Entry>(
  line: string,
  log: { schema: z.ZodType<Entry>; name: string; path: string },
): Entry {
  try {
    return log.schema.parse(JSON.parse(line));
  } catch (error) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `A line of the ${log.name} ${log.path} cannot be read.`,
      fix: 'Keep a copy of the file as it was, mend or remove the line by hand, and give the command again.',
      cause: error,
    });
  }
}
