import { MispricedError, parseLedgerEntry, type LedgerEntry } from '../domain/index.ts';
import { containers, type ObjectStore } from './object-store.ts';

/** The book of everything that was ever ordered: append only, one JSON value a line. */
export interface LedgerStore {
  /** Where this month's lines go, for people. */
  readonly location: string;
  /** Every line so far, in the order they were written. */
  read(): Promise<readonly LedgerEntry[]>;
  /** Adds lines; when it returns they are durable. Throws `STORE_CONFLICT` when another run wrote. */
  append(...entries: readonly LedgerEntry[]): Promise<void>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The ledger of one strategy: a file a month, named by the month the line is written in (UTC).
 * Each append names the length it expects, so two writers can never interleave.
 */
export function createLedgerStore(args: {
  objects: ObjectStore;
  strategy: string;
  now: () => Date;
}): LedgerStore {
  const { objects, strategy } = args;
  const currentPath = (): string => `${strategy}/${args.now().toISOString().slice(0, 7)}.jsonl`;
  let lengths: Map<string, number> | null = null;

  const readAll = async (): Promise<readonly LedgerEntry[]> => {
    const entries: LedgerEntry[] = [];
    const found = new Map<string, number>();
    for (const path of await objects.list(containers.ledger, `${strategy}/`)) {
      if (!path.endsWith('.jsonl')) continue;
      const stored = await objects.read(containers.ledger, path);
      if (stored === null) continue;
      found.set(path, stored.bytes.byteLength);
      entries.push(...parseLedger(stored.bytes, objects.locate(containers.ledger, path)));
    }
    lengths = found;
    return entries;
  };

  return {
    get location() {
      return objects.locate(containers.ledger, currentPath());
    },
    read: readAll,
    append: async (...entries) => {
      if (lengths === null) await readAll();
      const path = currentPath();
      const length = lengths?.get(path) ?? 0;
      const bytes = encoder.encode(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
      await objects.append(containers.ledger, path, bytes, length);
      lengths?.set(path, length + bytes.byteLength);
    },
  };
}

function parseLedger(bytes: Uint8Array, where: string): readonly LedgerEntry[] {
  const lines = decoder.decode(bytes).split('\n');
  if (lines.pop() !== '') throw corrupt(where, lines.length + 1, 'the last line is cut off');
  return lines.map((line, index) => {
    try {
      return parseLedgerEntry(JSON.parse(line));
    } catch (error) {
      throw corrupt(where, index + 1, error instanceof Error ? error.message : String(error));
    }
  });
}

function corrupt(where: string, line: number, problem: string): MispricedError {
  return new MispricedError({
    code: 'LEDGER_CORRUPT',
    message: `Line ${line} of the ledger ${where} cannot be read: ${problem}`,
    fix: 'Nothing was bought. Compare the line with the account at the venue, mend or remove it by hand, and keep a copy of the file as it was.',
  });
}
