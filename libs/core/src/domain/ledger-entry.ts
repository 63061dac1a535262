import { z } from 'zod';
import { orderOutcomes } from './order.ts';
import { runStatuses, stages, tradingModes } from './run.ts';

const base = {
  /** When the line was written, UTC, ISO 8601. */
  at: z.iso.datetime(),
  runId: z.string().min(1),
};

/** Dollars, two decimals. */
const dollars = z.string().regex(/^\d+\.\d{2}$/);

const runStarted = z.object({
  ...base,
  type: z.literal('run-started'),
  slot: z.iso.datetime(),
  stage: z.enum(stages),
  mode: z.enum(tradingModes),
});

const orderIntended = z.object({
  ...base,
  type: z.literal('order-intended'),
  orderId: z.string().min(1),
  venue: z.string().min(1),
  listingId: z.string().min(1),
  group: z.string(),
  side: z.literal('buy'),
  amount: dollars,
  mode: z.enum(tradingModes),
});

const orderResult = z.object({
  ...base,
  type: z.literal('order-result'),
  orderId: z.string().min(1),
  listingId: z.string().min(1),
  outcome: z.enum(orderOutcomes),
  filled: dollars,
  venueOrderId: z.string().nullable(),
  /** The venue's own words, untouched. */
  venueStatuses: z.array(z.string()),
  /** `read-back`: found, or found absent, by asking the venue after an answer was lost. */
  source: z.enum(['answer', 'read-back', 'paper']),
});

const runFinished = z.object({
  ...base,
  type: z.literal('run-finished'),
  status: z.enum(runStatuses),
  spent: dollars,
  errorCode: z.string().nullable(),
});

const ledgerEntry = z.discriminatedUnion('type', [
  runStarted,
  orderIntended,
  orderResult,
  runFinished,
]);

/** A run has begun: from here on its slot is taken. */
export type RunStartedEntry = z.infer<typeof runStarted>;
/** An order is about to be sent. */
export type OrderIntendedEntry = z.infer<typeof orderIntended>;
/** How an order ended; a later line for the same order replaces `unknown`. */
export type OrderResultEntry = z.infer<typeof orderResult>;
/** A run has ended. */
export type RunFinishedEntry = z.infer<typeof runFinished>;
/** One line of the ledger: append only, JSON Lines. */
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/** Checks one line of the ledger; fields that a later version adds pass. Throws a ZodError. */
export function parseLedgerEntry(value: unknown): LedgerEntry {
  return ledgerEntry.parse(value);
}
