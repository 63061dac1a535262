import { containers, MispricedError, type ObjectStore } from '@mispriced/core';
import { effect, type RotationDependencies } from '../rotation-dependencies.ts';
import { type JournalEntry, journalEntrySchema } from './journal-entry.ts';

/** What was done to an account's keys, and when. Lines are only ever added. */
export interface Journal {
  /** Where it is, for people. */
  readonly location: string;
  read(): Promise<readonly JournalEntry[]>;
  add(entry: JournalEntry): Promise<void>;
}

const attempts = 5;

/**
 * Keeps an account's journal as `ledger/key-rotation/<account>.jsonl`, opened by the sign-in of whoever
 * rotates and never with a key. Needs Storage Blob Data Contributor.
 */
export function openJournal(args: {
  objects: ObjectStore;
  accountName: string;
  dependencies: RotationDependencies;
}): Journal {
  const { objects, dependencies } = args;
  const path = `key-rotation/${args.accountName}.jsonl`;
  const read = async (): Promise<{ entries: readonly JournalEntry[]; length: number }> => {
    const stored = await objects.read(containers.ledger, path);
    if (stored === null) return { entries: [], length: 0 };
    const lines = new TextDecoder().decode(stored.bytes).split('\n');
    const entries = lines.filter((line) => line !== '').map((line) => parse(line, path));
    return { entries, length: stored.bytes.length };
  };
  return {
    location: objects.locate(containers.ledger, path),
    read: async () => (await read()).entries,
    add: async (entry) => {
      const bytes = new TextEncoder().encode(`${JSON.stringify(entry)}\n`);
      for (let attempt = 1; ; attempt += 1) {
        const { length } = await read();
        try {
          await effect(dependencies, `journal ${entry.entry}`, () =>
            objects.append(containers.ledger, path, bytes, length),
          );
          return;
        } catch (error) {
          const isConflict = error instanceof MispricedError && error.code === 'STORE_CONFLICT';
          if (!isConflict || attempt >= attempts) throw error;
        }
      }
    },
  };
}

function parse(line: string, path: string): JournalEntry {
  try {
    return journalEntrySchema.parse(JSON.parse(line));
  } catch (error) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `A line of the journal ${path} cannot be read.`,
      fix: 'Keep a copy of the file, take the line out by hand, and give the command again.',
      cause: error,
    });
  }
}
