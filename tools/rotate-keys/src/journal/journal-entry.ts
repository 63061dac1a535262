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

const keysMadeAt = z.strictObject({ key1: z.string().nullable(), key2: z.string().nullable() });

/** One line of the journal. None holds a key, or anything made from one. */
export const journalEntrySchema = z.discriminatedUnion('entry', [
  z.strictObject({
    ...common,
    entry: z.literal('began'),
    /** The key that everything had, and the one that everything is to have. */
    from: keyName,
    to: keyName,
    /** When each key had been made: one that is younger now was renewed by this rotation. */
    madeBefore: keysMadeAt,
  }),
  z.strictObject({ ...common, entry: z.literal('doing'), step: z.string() }),
  z.strictObject({ ...common, entry: z.literal('done'), step: z.string() }),
  z.strictObject({ ...common, entry: z.literal('failed'), step: z.string(), code: z.string() }),
  z.strictObject({
    ...common,
    entry: z.literal('ended'),
    result: z.enum(['rotated', 'undone', 'repaired']),
    /** When each key had been made by then. */
    madeNow: keysMadeAt.optional(),
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

/**
 * When those keys were made that rotations made which were undone: each was taken back from everything,
 * so its age says nothing of what may be on its way to it.
 */
export function madeInVain(entries: readonly JournalEntry[]): OpenRotation['madeBefore'] {
  const made: OpenRotation['madeBefore'] = { key1: null, key2: null };
  for (const each of entries) {
    if (each.entry !== 'ended' || each.result !== 'undone') continue;
    const began = entries.find(
      (other) => other.entry === 'began' && other.rotation === each.rotation,
    );
    if (began?.entry === 'began') made[began.to] = each.madeNow?.[began.to] ?? null;
  }
  return made;
}
