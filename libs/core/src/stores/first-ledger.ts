import { z } from 'zod';
import {
  booksOf,
  formatMoney,
  MispricedError,
  mostFilled,
  orderOutcomes,
  parseLedgerMoney,
  runStatuses,
  stages,
  tradingModes,
  type LedgerDraft,
  type LedgerEntry,
  type VenueDeclaration,
} from '../domain/index.ts';
import { sealLine } from './ledger-file.ts';
import { containers, type ObjectStore } from './object-store.ts';

const base = { at: z.iso.datetime(), runId: z.string().min(1) };
const dollars = z.string().regex(/^\d+\.\d{2}$/);

/** A line of a ledger of the first layout: `ledger/<strategy>/<yyyy-mm>.jsonl`, by the month it was written. */
const firstEntry = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('run-started'),
    slot: z.iso.datetime(),
    stage: z.enum(stages),
    mode: z.enum(tradingModes),
  }),
  z.object({
    ...base,
    type: z.literal('order-intended'),
    orderId: z.string().min(1),
    venue: z.string().min(1),
    listingId: z.string().min(1),
    group: z.string(),
    side: z.literal('buy'),
    amount: dollars,
    mode: z.enum(tradingModes),
  }),
  z.object({
    ...base,
    type: z.literal('order-result'),
    orderId: z.string().min(1),
    listingId: z.string().min(1),
    outcome: z.enum(orderOutcomes),
    filled: dollars,
    venueOrderId: z.string().nullable(),
    venueStatuses: z.array(z.string()),
    source: z.enum(['answer', 'read-back', 'paper']),
  }),
  z.object({
    ...base,
    type: z.literal('run-finished'),
    status: z.enum(runStatuses),
    spent: dollars,
    errorCode: z.string().nullable(),
  }),
]);

type FirstEntry = z.infer<typeof firstEntry>;

/** What a migration did, or would do. */
export interface LedgerMigration {
  /** Files of the first layout, in the order in which they are read. */
  readonly read: readonly string[];
  /** Files of the present layout, with their lines. */
  readonly written: readonly { readonly path: string; readonly lines: number }[];
  /** Whether a kill switch that was on was carried over. */
  readonly halted: boolean;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const markerOf = (strategy: string): string => `${strategy}/migrated.json`;
const switchOf = (strategy: string): string => `${strategy}/kill-switch.json`;

/**
 * Refuses to go on where any strategy still has a ledger of the first layout, or a kill switch that is on
 * there: its orders would be bought again. The strategy may have another name by now.
 *
 * @throws MispricedError `LEDGER_OUTDATED`
 */
export async function refuseFirstLedger(objects: ObjectStore): Promise<void> {
  const files = (await firstLedgers(objects)).flatMap(({ paths }) => paths);
  if (files.length === 0) return;
  throw new MispricedError({
    code: 'LEDGER_OUTDATED',
    message: `The ledger has the layout of an earlier version: ${files.join(', ')}.`,
    fix: 'Nothing was bought. Run `npx mispriced ledger migrate` for the stack, once; the old files are kept.',
  });
}

/**
 * Carries the ledgers of the first layout over to the books of an account, whatever the strategies that
 * wrote them are called: each line with the run and order ids that it had, in the file of its run's slot,
 * bound to the line before; and a kill switch that is on. The old files stay as they are, with a note
 * beside them.
 *
 * @throws MispricedError `LEDGER_CORRUPT` for a line that cannot be carried over, `STORE_CONFLICT` where
 * the books have lines already, `CONFIG_INVALID` where the account is called like one of the strategies.
 */
export async function migrateFirstLedger(args: {
  objects: ObjectStore;
  account: string;
  /** What the venue of the orders declares: by that the most that an order may buy is reserved. */
  declaration: Pick<VenueDeclaration, 'roundsUpTo'>;
  /** Throws for lines that contradict each other: those must not get into the books. */
  check: (entries: readonly LedgerEntry[]) => unknown;
  at: Date;
  dryRun: boolean;
}): Promise<LedgerMigration> {
  const { objects, account, dryRun } = args;
  const found = await firstLedgers(objects);
  const switches = found.flatMap(({ strategy, paths }) =>
    paths.includes(switchOf(strategy)) ? [switchOf(strategy)] : [],
  );
  const read = found.flatMap(({ paths }) => paths).filter((path) => !switches.includes(path));
  if (found.some(({ strategy }) => strategy === account)) throw samePlace(account);
  const lines: { entry: FirstEntry; where: string }[] = [];
  for (const path of read) {
    const stored = await objects.read(containers.ledger, path);
    const text = decoder.decode(stored?.bytes);
    lines.push(...parseFirst(text, objects.locate(containers.ledger, path)));
  }
  const files = sortIntoBooks(lines, args);
  for (const drafts of files.values()) {
    args.check(drafts.map((draft) => ({ previous: null, epoch: 0, ...draft })));
  }
  const [onSwitch] = switches;
  const halt = onSwitch === undefined ? null : await objects.read(containers.ledger, onSwitch);
  const written = [...files].map(([path, drafts]) => ({ path, lines: drafts.length }));
  const halted = halt !== null;
  if (!dryRun && found.length > 0) {
    if (halted) {
      await objects.write(containers.control, `${account}/kill-switch.json`, halt.bytes, 'any');
    }
    for (const [path, drafts] of files) {
      const bytes = bound(drafts);
      const present = await objects.read(containers.ledger, path);
      // A migration that was cut off is taken up where it ended.
      if (present !== null && Buffer.compare(present.bytes, bytes) === 0) continue;
      await objects.append(containers.ledger, path, bytes, 0);
    }
    const note = { at: args.at.toISOString(), account, written };
    const bytes = encoder.encode(`${JSON.stringify(note, null, 2)}\n`);
    for (const { strategy } of found.filter(({ isMarked }) => !isMarked)) {
      await objects.write(containers.ledger, markerOf(strategy), bytes, 'absent');
    }
  }
  return { read, written, halted };
}

/** What a strategy wrote in the first layout. */
interface FirstLedger {
  readonly strategy: string;
  readonly paths: readonly string[];
  /** Whether a note says that it was carried over. */
  readonly isMarked: boolean;
}

/** What is left to migrate, by the strategy that wrote it. */
async function firstLedgers(objects: ObjectStore): Promise<readonly FirstLedger[]> {
  const listed = await objects.list(containers.ledger, '');
  const byFolder = Map.groupBy(listed, (path) => path.slice(0, path.indexOf('/')));
  const find = async (isMarked: boolean): Promise<readonly FirstLedger[]> => {
    const found = [];
    for (const [strategy, paths] of byFolder) {
      if (paths.includes(markerOf(strategy)) !== isMarked) continue;
      const first = await firstPaths(objects, strategy, paths);
      if (first.length > 0) found.push({ strategy, paths: first, isMarked });
    }
    return found;
  };
  const left = await find(false);
  // All are carried over together: what was cut off between two notes goes on with all of them.
  return left.length === 0 ? [] : [...(await find(true)), ...left].sort(byStrategy);
}

function byStrategy(one: FirstLedger, other: FirstLedger): number {
  return one.strategy < other.strategy ? -1 : 1;
}

async function firstPaths(
  objects: ObjectStore,
  strategy: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = [];
  if (paths.includes(switchOf(strategy))) {
    const halt = await objects.read(containers.ledger, switchOf(strategy));
    if (!decoder.decode(halt?.bytes).includes('"halted": null')) found.push(switchOf(strategy));
  }
  const months = paths.filter((each) => /\/\d{4}-\d{2}\.jsonl$/.test(each)).sort();
  for (const path of months) {
    const stored = await objects.read(containers.ledger, path);
    // Lines of the present layout name the line before. A folder has one layout or, where label and
    // name were the same, the first one first.
    const [line = ''] = decoder.decode(stored?.bytes.subarray(0, 200)).split('\n', 1);
    if (line.includes('"previous":')) break;
    if (line !== '') found.push(path);
  }
  return found;
}

function parseFirst(text: string, where: string): { entry: FirstEntry; where: string }[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      try {
        return {
          entry: firstEntry.parse(JSON.parse(line)),
          where: `line ${index + 1} of ${where}`,
        };
      } catch (cause) {
        throw uncarried(`line ${index + 1} of ${where}`, 'it cannot be read', cause);
      }
    });
}

/** Whose books the lines get into. */
type Books = Pick<Parameters<typeof migrateFirstLedger>[0], 'account' | 'declaration'>;

/** The lines of each file of the present layout. */
function sortIntoBooks(
  lines: readonly { entry: FirstEntry; where: string }[],
  given: Books,
): ReadonlyMap<string, readonly LedgerDraft[]> {
  const pathOf = new Map<string, string>();
  const files = new Map<string, LedgerDraft[]>();
  for (const { entry, where } of lines) {
    if (entry.type === 'run-started') {
      const books = booksOf(given.account, entry.mode);
      pathOf.set(entry.runId, `${books}/${new Date(entry.slot).toISOString().slice(0, 7)}.jsonl`);
    }
    const path = pathOf.get(entry.runId);
    if (path === undefined) throw uncarried(where, `the run ${entry.runId} never began`);
    files.set(path, [...(files.get(path) ?? []), carriedOver(entry, given)]);
  }
  return files;
}

function carriedOver(entry: FirstEntry, { account, declaration }: Books): LedgerDraft {
  if (entry.type === 'order-intended') {
    const reserved = formatMoney(mostFilled(parseLedgerMoney(entry.amount), declaration));
    return { ...entry, account, reserved, limitPrice: null };
  }
  if (entry.type !== 'order-result') return entry;
  return { ...entry, units: null, fees: null, attemptEnded: entry.source === 'answer' };
}

function bound(drafts: readonly LedgerDraft[]): Uint8Array {
  let previous: string | null = null;
  const lines = drafts.map((draft) => {
    const { line, hash } = sealLine({ previous, epoch: 0, ...draft });
    previous = hash;
    return `${line}\n`;
  });
  return encoder.encode(lines.join(''));
}

function samePlace(account: string): MispricedError {
  return new MispricedError({
    code: 'CONFIG_INVALID',
    message: `The account has the label ${account}, and so has the strategy: old and new files would have one place.`,
    fix: 'Nothing was changed. Give venue.account another label.',
  });
}

function uncarried(where: string, problem: string, cause?: unknown): MispricedError {
  return new MispricedError({
    code: 'LEDGER_CORRUPT',
    message: `The ledger was not migrated: ${where}: ${problem}.`,
    fix: 'Nothing was changed. Compare the line with the account at the venue, and correct it in the old file.',
    cause,
  });
}
