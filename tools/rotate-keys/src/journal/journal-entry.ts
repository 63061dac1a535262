import { z } from 'zod';
import { keyNames } from '../account/storage-account.ts';

const common = {
  /** When, UTC, ISO 8601. */
  at: z.string(),
  /** Which rotation it belongs to. */
  rotation: z.string(),
  account: z.string(),
};

const keyName = z.enum(keyNames);

/** One line of the journal. None holds a key, or anything made from one. */
export const journalEntrySchema = z.discriminatedUnion('entry', [
  z.strictObject({
    ...common,
    entry: z.literal('began'),
    /** The key that everything had, and the one that everything is to have. */
    from: keyName,
    to: keyName,
    /** When each key had been made: one that is younger now was renewed by this rotation. */
    madeBefore: z.strictObject({ key1: z.string().nullable(), key2: z.string().nullable() }),
  }),
  z.strictObject({ ...common, entry: z.literal('doing'), step: z.string() }),
  z.strictObject({ ...common, entry: z.literal('done'), step: z.string() }),
  z.strictObject({ ...common, entry: z.literal('failed'), step: z.string(), code: z.string() }),
  z.strictObject({
    ...common,
    entry: z.literal('ended'),
    result: z.enum(['rotated', 'undone', 'repaired']),
  }),
]);

/** One line of the journal. */
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** A rotation that began and has not ended. */
export type OpenRotation = Pick<
  Extract<JournalEntry, { entry: 'began' }>,
  'rotation' | 'account' | 'from' | 'to' | 'madeBefore'
>;

/** The rotation that an account's journal leaves open; null where there is none. */
export function openRotationIn(entries: readonly JournalEntry[]): OpenRotation | null {
  const began = entries.findLast((each) => each.entry === 'began');
  if (began === undefined) return null;
  const isOver = entries.some((each) => each.entry === 'ended' && each.rotation === began.rotation);
  if (isOver) return null;
  const { rotation, account, from, to, madeBefore } = began;
  return { rotation, account, from, to, madeBefore };
}
