import { MispricedError } from './errors.ts';
import { formatMoney, type Money } from './money.ts';

/** An order that was filled for more than its venue declares. */
export interface OverfilledOrder {
  readonly listingId: string;
  /** Dollars that were ordered. */
  readonly amount: Money;
  /** Dollars that were bought. */
  readonly filled: Money;
}

/** A venue broke its word on what an order may buy: a limit may be exceeded. */
export function venueOverfilled(orders: readonly OverfilledOrder[]): MispricedError {
  const each = orders.map(
    ({ listingId, amount, filled }) =>
      `${listingId} for ${formatMoney(filled)} dollars where ${formatMoney(amount)} were ordered`,
  );
  return new MispricedError({
    code: 'VENUE_OVERFILLED',
    message: `The venue filled orders for more than it declares: ${each.join(', ')}.`,
    fix: 'The run was halted. See whether somebody bought the same by hand; else ask the venue before the next run.',
  });
}
