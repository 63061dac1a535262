import { formatMoney, MispricedError, type Money } from '../domain/index.ts';

/** An order that was filled for more than its venue declares. */
export interface Overfill {
  readonly listingId: string;
  /** Dollars. */
  readonly ordered: Money;
  readonly filled: Money;
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
