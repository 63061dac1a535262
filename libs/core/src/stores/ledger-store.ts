import type { LedgerDraft, LedgerEntry } from '../domain/index.ts';
import { parseLedgerFile, sealLine, type LedgerFile } from './ledger-file.ts';
import { containers, type ObjectStore } from './object-store.ts';

/** The book of everything that was ever ordered for an account: append only, one JSON value a line. */
export interface LedgerStore {
  /** Where the lines of a slot's run go, for people. */
  locate(slot: Date): string;
  /** Every line so far, file by file. Throws `LEDGER_CORRUPT` with file and line. */
  read(): Promise<readonly LedgerEntry[]>;
  /**
   * Begins a new epoch for a run that has taken the account's lease. Every file that a run before may
   * still be writing to is added to, so that its next line is refused.
   *
   * @returns the lines written.
   */
  beginEpoch(run: {
    runId: string;
    slot: Date;
    at: Date;
    holder: string;
  }): Promise<readonly LedgerEntry[]>;
  /**
   * Adds lines, each to the file of its run; when it returns they are durable.
   *
   * @returns the lines as they were written.
   * @throws MispricedError `STORE_CONFLICT` when another run wrote since.
   */
  append(...drafts: readonly LedgerDraft[]): Promise<readonly LedgerEntry[]>;
}

interface OpenFile extends Omit<LedgerFile, 'entries'> {
  /** Whether a run may still be writing to it. */
  readonly isOpen: boolean;
  /** The run that took the lease last, as this file has it. */
  readonly holder: string | null;
}

const encoder = new TextEncoder();

/**
 * The ledger of one account: a file a month, named by the month of each run's slot (UTC), so that no
 * clock decides where a line goes. Each append names the length that it expects, so two writers can
 * never interleave, and each line carries a hash of itself and names that of the one before.
 */
export function createLedgerStore(args: { objects: ObjectStore; account: string }): LedgerStore {
  const { objects, account } = args;
  const pathOf = (slot: Date): string => `${account}/${slot.toISOString().slice(0, 7)}.jsonl`;
  const files = new Map<string, OpenFile>();
  const pathOfRun = new Map<string, string>();
  let epoch = 0;
  let isRead = false;

  /**
   * After the end of the run that last took the lease, or an epoch that another file's run began,
   * nobody writes here any more. A run ends earlier ones too, and goes on.
   */
  const isClosing = (last: LedgerEntry, path: string, holder: string | null): boolean =>
    (last.type === 'run-finished' && (holder === null || last.runId === holder)) ||
    (last.type === 'lease-taken' && pathOf(new Date(last.slot)) !== path);

  const note = (
    path: string,
    entries: readonly LedgerEntry[],
    file: Omit<LedgerFile, 'entries'>,
  ) => {
    const last = entries.at(-1);
    const { length, lastHash } = file;
    const taken = entries.findLast(({ type }) => type === 'lease-taken');
    const holder = taken?.runId ?? files.get(path)?.holder ?? null;
    const isOpen = last !== undefined && !isClosing(last, path, holder);
    files.set(path, { length, lastHash, isOpen, holder });
    for (const entry of entries) {
      if (entry.type === 'lease-taken' || entry.type === 'run-started') {
        pathOfRun.set(entry.runId, pathOf(new Date(entry.slot)));
      }
      epoch = Math.max(epoch, entry.epoch);
    }
  };

  const read = async (): Promise<readonly LedgerEntry[]> => {
    const all: LedgerEntry[] = [];
    files.clear();
    for (const path of await objects.list(containers.ledger, `${account}/`)) {
      if (!path.endsWith('.jsonl')) continue;
      const stored = await objects.read(containers.ledger, path);
      if (stored === null) continue;
      const file = parseLedgerFile(stored.bytes, objects.locate(containers.ledger, path));
      note(path, file.entries, file);
      all.push(...file.entries);
    }
    isRead = true;
    return all;
  };

  /** Adds lines to one file. */
  const addTo = async (
    path: string,
    drafts: readonly LedgerDraft[],
  ): Promise<readonly LedgerEntry[]> => {
    const { length, lastHash } = files.get(path) ?? { length: 0, lastHash: null };
    let previous = lastHash;
    const written: LedgerEntry[] = [];
    const lines = drafts.map((draft) => {
      const entry = { previous, epoch, ...draft };
      const sealed = sealLine(entry);
      previous = sealed.hash;
      written.push(entry);
      return sealed.line;
    });
    const bytes = encoder.encode(lines.map((line) => `${line}\n`).join(''));
    await objects.append(containers.ledger, path, bytes, length);
    note(path, written, { length: length + bytes.byteLength, lastHash: previous });
    return written;
  };

  return {
    locate: (slot) => objects.locate(containers.ledger, pathOf(slot)),
    read,
    beginEpoch: async ({ runId, slot, at, holder }) => {
      if (!isRead) await read();
      epoch += 1;
      const own = pathOf(slot);
      const open = [...files].filter(([, file]) => file.isOpen).map(([path]) => path);
      const written: LedgerEntry[] = [];
      const line: LedgerDraft = {
        type: 'lease-taken',
        at: at.toISOString(),
        runId,
        slot: slot.toISOString(),
        holder,
      };
      for (const path of new Set([own, ...open])) {
        written.push(...(await addTo(path, [line])));
      }
      return written;
    },
    append: async (...drafts) => {
      if (!isRead) await read();
      const written: LedgerEntry[] = [];
      for (const [path, own] of Map.groupBy(drafts, ({ runId }) => pathOfRun.get(runId) ?? '')) {
        if (path === '') throw new TypeError('A line is of a run that never began.');
        written.push(...(await addTo(path, own)));
      }
      return written;
    },
  };
}
