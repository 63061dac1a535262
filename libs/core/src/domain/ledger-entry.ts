import { z } from 'zod';
import { ledgerMoneyPattern } from './money.ts';
import { orderOutcomes } from './order.ts';
import { runStatuses, stages, tradingModes } from './run.ts';

const base = {
  /** SHA-256 of the line before in the same file, hex; null on the first. */
  previous: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** When the line was written, UTC, ISO 8601. */
  at: z.iso.datetime(),
  runId: z.string().min(1),
  /** Rises each time a run takes the account's lease; 0 in what was migrated. */
  epoch: z.int().min(0),
};

/** Dollars, two decimals at least. */
const dollars = z.string().regex(ledgerMoneyPattern);

const leaseTaken = z.object({
  ...base,
  type: z.literal('lease-taken'),
  slot: z.iso.datetime(),
  /**
   * A mark of this lease alone: no two hosts ever write the same line, so that none can take the
   * other's for its own, and by the hashes no later line either.
   */
  holder: z.string().min(1),
});

const runStarted = z.object({
  ...base,
  type: z.literal('run-started'),
  slot: z.iso.datetime(),
  stage: z.enum(stages),
  mode: z.enum(tradingModes),
});

/** What the account held when it was first met: none of it is ours. */
const accountBaseline = z.object({
  ...base,
  type: z.literal('account-baseline'),
  venue: z.string().min(1),
  /** Tells the account at the venue from any other: see `Venue`. */
  accountMark: z.string().min(1),
  holdings: z.array(z.object({ listingId: z.string().min(1), held: dollars })),
});

/**
 * What the account holds and no order of ours explains (`foreign`: somebody else's, and held all the
 * same), or what of ours a person said is gone (`gone`).
 */
const holdingFound = z.object({
  ...base,
  type: z.literal('holding-found'),
  venue: z.string().min(1),
  kind: z.enum(['foreign', 'gone']),
  listingId: z.string().min(1),
  held: dollars,
});

const orderIntended = z.object({
  ...base,
  type: z.literal('order-intended'),
  orderId: z.string().min(1),
  venue: z.string().min(1),
  account: z.string().min(1),
  listingId: z.string().min(1),
  group: z.string(),
  side: z.literal('buy'),
  amount: dollars,
  /** What the order counts in every limit until its end is known: the most the venue may fill. */
  reserved: dollars,
  limitPrice: dollars.nullable(),
  mode: z.enum(tradingModes),
});

const orderResult = z.object({
  ...base,
  type: z.literal('order-result'),
  orderId: z.string().min(1),
  listingId: z.string().min(1),
  outcome: z.enum(orderOutcomes),
  filled: dollars,
  units: z.string().nullable(),
  fees: dollars.nullable(),
  venueOrderId: z.string().nullable(),
  /** The venue's own words, untouched. */
  venueStatuses: z.array(z.string()),
  /**
   * `read-back`: found, or found absent, by reading the account. `unsent`: it never left.
   * `closed-by-hand`: a person said so.
   */
  source: z.enum(['answer', 'read-back', 'paper', 'unsent', 'closed-by-hand']),
  /** Whether the process that sent the order saw its attempt end. */
  attemptEnded: z.boolean(),
});

/** A reading of the account that did not show an order. */
const orderAbsent = z.object({
  ...base,
  type: z.literal('order-absent'),
  orderId: z.string().min(1),
  listingId: z.string().min(1),
});

const runFinished = z.object({
  ...base,
  type: z.literal('run-finished'),
  status: z.enum(runStatuses),
  spent: dollars,
  errorCode: z.string().nullable(),
});

const ledgerEntry = z.discriminatedUnion('type', [
  leaseTaken,
  runStarted,
  accountBaseline,
  holdingFound,
  orderIntended,
  orderResult,
  orderAbsent,
  runFinished,
]);

/** A run has begun: from here on its slot is taken. */
export type RunStartedEntry = z.infer<typeof runStarted>;
/** An order is about to be sent. */
export type OrderIntendedEntry = z.infer<typeof orderIntended>;
/** How an order ended; a later line for the same order replaces an earlier one. */
export type OrderResultEntry = z.infer<typeof orderResult>;
/** A run has ended. */
export type RunFinishedEntry = z.infer<typeof runFinished>;
/** One line of the ledger: append only, JSON Lines. */
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/** What the ledger itself adds to each line. */
export type LedgerStamp = 'previous' | 'epoch';
type WithoutStamp<Entry> = Entry extends unknown ? Omit<Entry, LedgerStamp> : never;
/** A line that is still to be written. */
export type LedgerDraft = WithoutStamp<LedgerEntry>;
export type OrderResultDraft = Omit<OrderResultEntry, LedgerStamp>;
export type OrderIntendedDraft = Omit<OrderIntendedEntry, LedgerStamp>;

/** Checks one line of the ledger; fields that a later version adds pass. Throws a ZodError. */
export function parseLedgerEntry(value: unknown): LedgerEntry {
  return ledgerEntry.parse(value);
}
