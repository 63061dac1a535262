import { formatMoney, MispricedError, parseLedgerMoney, type Money } from '../domain/index.ts';
import { filledMoney, type LedgerRun } from '../ledger/index.ts';

/** An order that was filled for more than its venue declares. */
export interface Overfill {
  readonly orderId: string;
  readonly listingId: string;
  /** Dollars. */
  readonly ordered: Money;
  readonly filled: Money;
}

/** The orders of some runs that were filled for more than was reserved for them. */
export function findOverfills(runs: readonly LedgerRun[]): readonly Overfill[] {
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

/** Says which orders a venue filled for more than it declares. */
export function venueOverfilled(overfills: readonly Overfill[]): MispricedError {
  const each = overfills.map(
    ({ listingId, filled, ordered }) =>
      `${listingId} for ${formatMoney(filled)} dollars where ${formatMoney(ordered)} were ordered`,
  );
  return new MispricedError({
    code: 'VENUE_OVERFILLED',
    message: `The venue filled orders for more than it declares: ${each.join(', ')}.`,
    fix: 'The run was halted. Look at the account, and ask the venue before the next run.',
  });
}
