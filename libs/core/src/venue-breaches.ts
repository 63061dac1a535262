import {
  formatMoney,
  MispricedError,
  parseLedgerMoney,
  venueOverfilled,
  type ErrorCode,
  type LedgerEntry,
  type OverfilledOrder,
} from './domain/index.ts';
import { filledMoney, type LedgerOrder } from './ledger/index.ts';
import type { LedgerBook } from './ledger-book.ts';

/**
 * What an account shows that its venue declares not to do: an order that was filled for too much, or
 * shown too late. A run that learns of it halts, for a limit may be exceeded and something bought
 * twice. It is over once a run has ended with it: one that was lost before leaves that to the next.
 */
export function findBreach(book: Pick<LedgerBook, 'entries' | 'runs'>): MispricedError | null {
  const orders = book.runs().flatMap((run) => run.orders);
  const overfilled = orders.filter(isOverfilled);
  if (isNew(overfilled, 'VENUE_OVERFILLED', book.entries()))
    return venueOverfilled(overfilled.map(asOverfilled));
  const late = latelyShown(book.entries());
  const shown = orders.filter(({ intent }) => late.has(intent.orderId));
  return isNew(shown, 'VENUE_LATE', book.entries()) ? venueLate(shown) : null;
}

function asOverfilled(order: LedgerOrder): OverfilledOrder {
  const { listingId, amount } = order.intent;
  return { listingId, amount: parseLedgerMoney(amount), filled: filledMoney([order]) };
}

function isOverfilled(order: LedgerOrder): boolean {
  return filledMoney([order]).greaterThan(parseLedgerMoney(order.intent.reserved));
}

/** Orders of which more was bought than readings had shown when they were called refused, or filled in part. */
function latelyShown(entries: readonly LedgerEntry[]): ReadonlySet<string> {
  const released = new Set<string>();
  const late = new Set<string>();
  for (const entry of entries) {
    if (entry.type !== 'order-result' || entry.source !== 'read-back') continue;
    if (released.has(entry.orderId)) late.add(entry.orderId);
    if (['refused', 'partly-filled'].includes(entry.outcome)) released.add(entry.orderId);
  }
  return late;
}

/**
 * Whether the ledger has of any of these orders something that no run has ended with since. Files are of
 * the months of slots: only the epoch says what came first.
 */
function isNew(
  orders: readonly LedgerOrder[],
  code: ErrorCode,
  entries: readonly LedgerEntry[],
): boolean {
  // A run also ends earlier ones, with what those had said.
  const holders = new Map(
    entries.filter(({ type }) => type === 'lease-taken').map(({ epoch, runId }) => [epoch, runId]),
  );
  const said = entries
    .filter((entry) => entry.type === 'run-finished' && entry.errorCode === code)
    .filter(({ epoch, runId }) => holders.get(epoch) === runId)
    .map(({ epoch }) => epoch);
  const lastSaid = Math.max(-1, ...said);
  return orders.some(({ result }) => result !== null && result.epoch > lastSaid);
}

function venueLate(late: readonly LedgerOrder[]): MispricedError {
  const each = late.map(
    (order) =>
      `${formatMoney(filledMoney([order]))} dollars of ${order.intent.listingId} by order ${order.intent.orderId}`,
  );
  return new MispricedError({
    code: 'VENUE_LATE',
    message: `The account shows what was called refused, because no reading had shown it in time: ${each.join(', ')}.`,
    fix: 'The ledger is corrected, and the run was halted. See whether somebody bought the same by hand; else give run.settle_after_seconds a longer time.',
  });
}
