import { formatMoney, MispricedError, parseLedgerMoney } from './domain/index.ts';
import { filledMoney, type LedgerOrder, type LedgerRun } from './ledger/index.ts';
import { venueOverfilled, type Overfill } from './orders/index.ts';

/** What a ledger says of how its venue kept what it declares; orders by id. */
export interface KnownOfVenue {
  /** Filled for more than was reserved for them. */
  readonly overfilled: ReadonlySet<string>;
  /** Called refused because no reading showed them. */
  readonly released: ReadonlySet<string>;
}

/** Reads it from the runs of a ledger. */
export function knownOfVenue(runs: readonly LedgerRun[]): KnownOfVenue {
  const released = runs
    .flatMap(({ orders }) => orders)
    .filter(({ result }) => result?.outcome === 'refused' && result.source === 'read-back');
  return {
    overfilled: new Set(findOverfills(runs).map(({ orderId }) => orderId)),
    released: new Set(released.map(({ intent }) => intent.orderId)),
  };
}

/**
 * What came to light since: orders that the venue filled for too much, or that it showed too late. The
 * run that learns of it halts, for a limit may be exceeded and something bought twice.
 */
export function newBreach(before: KnownOfVenue, runs: readonly LedgerRun[]): MispricedError | null {
  const overfills = findOverfills(runs).filter(({ orderId }) => !before.overfilled.has(orderId));
  if (overfills.length > 0) return venueOverfilled(overfills);
  const late = runs
    .flatMap(({ orders }) => orders)
    .filter((order) => before.released.has(order.intent.orderId) && isBought(order));
  return late.length > 0 ? venueLate(late) : null;
}

function isBought(order: LedgerOrder): boolean {
  return filledMoney([order]).greaterThan(0);
}

function findOverfills(runs: readonly LedgerRun[]): readonly (Overfill & { orderId: string })[] {
  return runs
    .flatMap(({ orders }) => orders)
    .filter((order) => filledMoney([order]).greaterThan(parseLedgerMoney(order.intent.reserved)))
    .map((order) => ({
      orderId: order.intent.orderId,
      listingId: order.intent.listingId,
      ordered: parseLedgerMoney(order.intent.amount),
      filled: filledMoney([order]),
    }));
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
