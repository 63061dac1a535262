import type { LedgerDraft, LedgerEntry } from './domain/index.ts';
import { readRuns, type LedgerRun } from './ledger/index.ts';

/** The ledger of an account as a run that holds its lease knows it, kept up with what it writes. */
export interface LedgerBook {
  entries(): readonly LedgerEntry[];
  /** Throws `LEDGER_CORRUPT` for lines that contradict each other. */
  runs(): readonly LedgerRun[];
  /** Writes lines; when it returns they are durable. */
  readonly record: (...drafts: readonly LedgerDraft[]) => Promise<void>;
  /** What could not be written down: it was learned all the same. */
  unwritten(): readonly LedgerDraft[];
}

/** Opens the book over lines that were read, with a way to add more. */
export function openLedgerBook(
  read: readonly LedgerEntry[],
  append: (...drafts: readonly LedgerDraft[]) => Promise<readonly LedgerEntry[]>,
): LedgerBook {
  const entries = [...read];
  const unwritten: LedgerDraft[] = [];
  let runs: readonly LedgerRun[] | null = null;
  return {
    entries: () => entries,
    runs: () => (runs ??= readRuns(entries)),
    unwritten: () => unwritten,
    record: async (...drafts) => {
      const left = new Set(drafts);
      try {
        // A run's lines stand in one file: what is written of one must be known where the next one fails.
        for (const own of Map.groupBy(drafts, ({ runId }) => runId).values()) {
          entries.push(...(await append(...own)));
          runs = null;
          for (const draft of own) left.delete(draft);
        }
      } finally {
        unwritten.push(...left);
      }
    },
  };
}
