import { type AppendLog, containers, type ObjectStore, openAppendLog } from '@mispriced/core';
import { effect, type RotationDependencies } from '../rotation-dependencies.ts';
import { type JournalEntry, journalEntrySchema } from './journal-entry.ts';

/** What was done to an account's keys, and when. Lines are only ever added. */
export type Journal = AppendLog<JournalEntry>;

/**
 * Keeps an account's journal as `ledger/key-rotation/<account>.jsonl`, opened by the sign-in of whoever
 * rotates and never with a key. Needs Storage Blob Data Contributor.
 */
export function openJournal(args: {
  objects: ObjectStore;
  accountName: string;
  dependencies: RotationDependencies;
}): Journal {
  return openAppendLog({
    objects: args.objects,
    container: containers.ledger,
    path: `key-rotation/${args.accountName}.jsonl`,
    schema: journalEntrySchema,
    name: 'journal',
    around: ({ entry }, write) => effect(args.dependencies, `journal ${entry}`, write),
  });
}
