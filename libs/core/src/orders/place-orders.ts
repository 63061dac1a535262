import {
  formatMoney,
  MispricedError,
  mostFilled,
  orderResultEntry,
  unsentBatch,
  type LedgerDraft,
  type OrderIntendedDraft,
  type OrderIntent,
  type OrderResult,
  type PlacedBatch,
  type TradingMode,
  type Venue,
} from '../domain/index.ts';
import { refuseClosedVenue } from './refuse-closed-venue.ts';

/** Why a run stopped before its last order. */
export type StopReason =
  | { readonly kind: 'kill-switch'; readonly why: string }
  | { readonly kind: 'halt'; readonly error: MispricedError }
  | { readonly kind: 'error'; readonly error: MispricedError };

/** What placing orders depends on. */
export interface OrderDependencies {
  readonly venue: Venue;
  readonly mode: TradingMode;
  /** Writes to the ledger; what is written is durable when it returns. */
  readonly record: (...drafts: readonly LedgerDraft[]) => Promise<void>;
  /** Throws when this run may no longer act: another one has taken over. */
  readonly ensureOnlyRun: () => Promise<void>;
  /**
   * Begins to time the intents that are about to be written; what it returns says in the last
   * instruction before the request whether they may still be sent.
   */
  readonly startSending: () => () => MispricedError | null;
  /** Null while trading is allowed, else why not; a switch that cannot be read is a reason. */
  readonly readHalt: () => Promise<string | null>;
  /** Throws where these orders would go beyond a limit, with all that was filled by now. */
  readonly ensureWithinLimits: (batch: readonly OrderIntent[]) => void;
  /** Learns what became of orders without a known end; false where that is still open for some. */
  readonly settle: () => Promise<boolean>;
  /** What the ledger has by now that the venue declares not to do; null where it kept its word. */
  readonly findBreach: () => MispricedError | null;
  /** Dollars that an order bought, as the ledger has it by now. */
  readonly filledBy: (intent: OrderIntent) => OrderResult['filled'];
  readonly batchSize: number;
  /** Asks the store for its time; false where it does not tell it, so that `now` may be wrong. */
  readonly learnTime: () => Promise<boolean>;
  /** When a line is written. */
  readonly now: () => Date;
}

/**
 * Sends orders in batches: the intent of every order is in the ledger before it is sent, its result
 * after. The kill switch is asked immediately before each batch, the run's lease also once the intents
 * are written, and once more in the last instruction before the request: a process that was held up
 * there must not send what another has settled. It stops at the first answer that is neither a fill
 * nor a refusal in the venue's own words, and at none at all unless the account shows that all was bought;
 * at an order whose fate cannot be learned; and once the venue is found to break what it declares. It
 * never sends an order a second time.
 *
 * @returns why it stopped, or null after the last order.
 */
export async function placeOrders(
  intents: readonly OrderIntent[],
  dependencies: OrderDependencies,
): Promise<StopReason | null> {
  for (let next = 0; next < intents.length; next += dependencies.batchSize) {
    const why = await dependencies.readHalt();
    if (why !== null) return { kind: 'kill-switch', why };
    try {
      const stopped = await placeBatch(
        intents.slice(next, next + dependencies.batchSize),
        dependencies,
      );
      if (stopped !== null) return stopped;
    } catch (error) {
      if (error instanceof MispricedError) return { kind: 'error', error };
      throw error;
    }
  }
  return null;
}

async function placeBatch(
  batch: readonly OrderIntent[],
  dependencies: OrderDependencies,
): Promise<StopReason | null> {
  const { record, now } = dependencies;
  refuseClosedVenue(dependencies.venue, now());
  dependencies.ensureWithinLimits(batch);
  await dependencies.ensureOnlyRun();
  // Their age counts from before they are written: the storage may take its time.
  const mayStillSend = dependencies.startSending();
  await record(...batch.map((intent) => intendedEntry(intent, dependencies)));
  const placed = await sendBatch(batch, dependencies.venue, mayStillSend);
  // Clocks that stood still, or stepped back, in between say too little.
  const attemptEnded = await dependencies.learnTime();
  const source =
    placed.isUnsent === true ? 'unsent' : dependencies.mode === 'paper' ? 'paper' : 'answer';
  const written = { at: now(), source, attemptEnded } as const;
  const byId = new Map(placed.results.map((result) => [result.orderId, result]));
  const answers = batch.map((intent) =>
    orderResultEntry(intent, byId.get(intent.orderId) ?? { outcome: 'unknown' }, written),
  );
  await record(...answers);
  const unknown = batch.filter(
    ({ orderId }) => (byId.get(orderId)?.outcome ?? 'unknown') === 'unknown',
  );
  const wasBoughtWhole = (each: OrderIntent): boolean =>
    dependencies.filledBy(each).greaterThanOrEqualTo(each.amount);
  const isSettled = unknown.length === 0 || (await dependencies.settle());
  const breach = dependencies.findBreach();
  if (breach !== null) return { kind: 'halt', error: breach };
  if (placed.problem?.code === 'VENUE_OVERFILLED') return { kind: 'halt', error: placed.problem };
  if (!isSettled) return { kind: 'error', error: orderUnknown(unknown, placed.problem) };
  const isLost = placed.isUnanswered === true && unknown.every(wasBoughtWhole);
  if (isLost || (placed.problem === null && unknown.length === 0)) return null;
  return { kind: 'error', error: placed.problem ?? orderUnsaid(unknown) };
}

/** Sends a batch; where the venue's client throws, nothing left, for a reason of ours. */
async function sendBatch(
  batch: readonly OrderIntent[],
  venue: Venue,
  mayStillSend: () => MispricedError | null,
): Promise<PlacedBatch> {
  try {
    return await venue.placeOrders(batch, { mayStillSend });
  } catch (error) {
    if (!(error instanceof MispricedError)) throw error;
    return unsentBatch(batch, error);
  }
}

function intendedEntry(
  intent: OrderIntent,
  { venue: { declaration }, mode, now }: OrderDependencies,
): OrderIntendedDraft {
  const { runId, orderId, venue, account, listingId, group, side, amount, limitPrice } = intent;
  return {
    type: 'order-intended',
    at: now().toISOString(),
    runId,
    orderId,
    venue,
    account,
    listingId,
    group,
    side,
    amount: formatMoney(amount),
    reserved: formatMoney(mostFilled(amount, declaration)),
    limitPrice: limitPrice === null ? null : formatMoney(limitPrice),
    mode,
  };
}

/** Says which orders may have been bought, and what that means until it is known. */
export function orderUnknown(
  unknown: readonly Pick<OrderIntent, 'listingId'>[],
  problem: MispricedError | null = null,
): MispricedError {
  const why = problem === null ? '' : ` ${problem.message}`;
  return new MispricedError({
    code: 'ORDER_UNKNOWN',
    message: `The venue did not say what became of the orders for ${listingsOf(unknown)}, and its account does not settle it yet.${why}`,
    fix: 'They count as bought until it is known. `npx mispriced reconcile` shows what is open.',
    retryable: true,
  });
}

/** An answer that left out orders: the channel is not to be trusted, whatever the account shows. */
function orderUnsaid(unknown: readonly Pick<OrderIntent, 'listingId'>[]): MispricedError {
  return new MispricedError({
    code: 'VENUE_ANSWER_INVALID',
    message: `The venue's answer did not say what became of the orders for ${listingsOf(unknown)}; its account settled them.`,
    fix: 'No further order was sent. See the orders in the report; a later run orders again what was not taken.',
  });
}

function listingsOf(orders: readonly Pick<OrderIntent, 'listingId'>[]): string {
  return orders.map(({ listingId }) => listingId).join(', ');
}
