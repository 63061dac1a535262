import {
  formatMoney,
  MispricedError,
  orderResultEntry,
  type LedgerEntry,
  type OrderIntendedEntry,
  type OrderIntent,
  type OrderResultEntry,
  type TradingMode,
  type Venue,
} from '../domain/index.ts';
import { settleOrders } from './settle-orders.ts';

/** Why a run stopped before its last order. */
export type StopReason =
  | { readonly kind: 'kill-switch'; readonly why: string }
  | { readonly kind: 'error'; readonly error: MispricedError };

/** What became of the orders of a run. */
export interface PlacedOrders {
  readonly results: readonly OrderResultEntry[];
  /** Orders that were never sent. */
  readonly unsent: readonly OrderIntent[];
  readonly stopped: StopReason | null;
}

/** What placing orders depends on. */
export interface OrderDependencies {
  readonly venue: Venue;
  readonly mode: TradingMode;
  /** Writes to the ledger; what is written is durable when it returns. */
  readonly record: (...entries: readonly LedgerEntry[]) => Promise<void>;
  /** Throws when this run may no longer act: another one has taken over. */
  readonly ensureOnlyRun: () => Promise<void>;
  /** Null while trading is allowed, else why not; a switch that cannot be read is a reason. */
  readonly readHalt: () => Promise<string | null>;
  readonly batchSize: number;
  readonly settleAfterSeconds: number;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/**
 * Sends orders in batches: the intent of every order is in the ledger before it is sent, its result
 * after. The kill switch is asked immediately before each batch, the run's lease also once the
 * intents are written: a process that was held up there must not send what another has settled. It
 * stops at the first order whose fate cannot be learned, and never sends an order a second time.
 */
export async function placeOrders(
  intents: readonly OrderIntent[],
  dependencies: OrderDependencies,
): Promise<PlacedOrders> {
  // The latest of each order: what the venue said counts even where the ledger did not take it.
  const results = new Map<string, OrderResultEntry>();
  const keep = (known: readonly OrderResultEntry[]): void => {
    for (const result of known) results.set(result.orderId, result);
  };
  let next = 0;
  const stop = (stopped: StopReason): PlacedOrders => ({
    results: [...results.values()],
    unsent: intents.slice(next),
    stopped,
  });

  while (next < intents.length) {
    const why = await dependencies.readHalt();
    if (why !== null) return stop({ kind: 'kill-switch', why });
    const batch = intents.slice(next, next + dependencies.batchSize);
    try {
      await dependencies.ensureOnlyRun();
      const written = batch.map((intent) => intendedEntry(intent, dependencies));
      await dependencies.record(...written);
      next += batch.length;
      const answered = await sendBatch(batch, dependencies).catch(async (error: unknown) => {
        if (error instanceof MispricedError)
          await dependencies.record(...refusedEntries(batch, error, dependencies));
        throw error;
      });
      keep(answered);
      await dependencies.record(...answered);
      const settled = await settleUnknown(answered, written, dependencies);
      keep(settled);
      if (settled.length > 0) await dependencies.record(...settled);
      const unknown = [...results.values()].filter((result) => result.outcome === 'unknown');
      if (unknown.length > 0) return stop({ kind: 'error', error: orderUnknown(unknown) });
    } catch (error) {
      if (error instanceof MispricedError) return stop({ kind: 'error', error });
      throw error;
    }
  }
  return { results: [...results.values()], unsent: [], stopped: null };
}

/** A venue throws only where nothing of the batch can have been bought. */
function refusedEntries(
  batch: readonly OrderIntent[],
  error: MispricedError,
  dependencies: OrderDependencies,
): readonly OrderResultEntry[] {
  const known = { outcome: 'refused', venueStatuses: [error.code] } as const;
  const written = { at: dependencies.now(), source: 'answer' } as const;
  return batch.map((intent) => orderResultEntry(intent, known, written));
}

/** One result for each order; an order the answer leaves out is unknown, not refused. */
async function sendBatch(
  batch: readonly OrderIntent[],
  dependencies: OrderDependencies,
): Promise<readonly OrderResultEntry[]> {
  await dependencies.ensureOnlyRun();
  const source = dependencies.mode === 'paper' ? 'paper' : 'answer';
  const answered = new Map(
    (await dependencies.venue.placeOrders(batch)).map((result) => [result.orderId, result]),
  );
  return batch.map((intent) => {
    const known = answered.get(intent.orderId) ?? { outcome: 'unknown' };
    return orderResultEntry(intent, known, { at: dependencies.now(), source });
  });
}

async function settleUnknown(
  answered: readonly OrderResultEntry[],
  written: readonly OrderIntendedEntry[],
  dependencies: OrderDependencies,
): Promise<readonly OrderResultEntry[]> {
  const unknown = new Set(
    answered.filter((result) => result.outcome === 'unknown').map((result) => result.orderId),
  );
  if (unknown.size === 0) return [];
  try {
    return await settleOrders({
      orders: written.filter((entry) => unknown.has(entry.orderId)),
      venue: dependencies.venue,
      settleAfterSeconds: dependencies.settleAfterSeconds,
      now: dependencies.now,
      sleep: dependencies.sleep,
    });
  } catch (error) {
    if (error instanceof MispricedError) return [];
    throw error;
  }
}

function intendedEntry(intent: OrderIntent, dependencies: OrderDependencies): OrderIntendedEntry {
  return {
    type: 'order-intended',
    at: dependencies.now().toISOString(),
    runId: intent.runId,
    orderId: intent.orderId,
    venue: intent.venue,
    listingId: intent.listingId,
    group: intent.group,
    side: intent.side,
    amount: formatMoney(intent.amount),
    mode: dependencies.mode,
  };
}

function orderUnknown(unknown: readonly OrderResultEntry[]): MispricedError {
  const listings = unknown.map((result) => result.listingId).join(', ');
  return new MispricedError({
    code: 'ORDER_UNKNOWN',
    message: `The venue did not say what became of the orders for ${listings}, and could not be read back.`,
    fix: 'Nothing more is bought until they are settled. Start the run again once the venue answers.',
    retryable: true,
  });
}
