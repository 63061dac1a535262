import { MispricedError, type CalendarDate } from '@mispriced/core';
import { loanToListing } from './loan-to-listing.ts';
import type { LoanRow } from './loan-row.ts';
import type { MarketListing } from './market-listing.ts';

/** The loans on offer on one day by their id, in the order of the loan file. */
export type Offers = ReadonlyMap<number, MarketListing>;

const problemsShown = 20;

/**
 * Everything a loan file has on offer on a day.
 *
 * @param place Where a row stands, for messages; the rows' numbers unless given.
 * @throws MispricedError `DATA_INVALID` naming the rows that cannot be listed, and ids that occur twice.
 */
export function offersOn(
  rows: readonly LoanRow[],
  date: CalendarDate,
  place: (row: number) => string = (row) => `loan ${row + 1}`,
): Offers {
  const offers = new Map<number, MarketListing>();
  const problems: string[] = [];
  const rowOf = new Map<number, number>();
  for (const [index, row] of rows.entries()) {
    try {
      const listing = loanToListing(row, date);
      if (listing === null) continue;
      const earlier = rowOf.get(listing.id);
      if (earlier !== undefined) {
        const first = place(earlier);
        problems.push(`${place(index)}: Loan ${listing.id} occurs twice; it stands on ${first}.`);
      }
      rowOf.set(listing.id, index);
      offers.set(listing.id, listing);
    } catch (error) {
      if (!(error instanceof MispricedError)) throw error;
      problems.push(`${place(index)}: ${error.message}`);
    }
  }
  if (problems.length === 0) return offers;
  const more = problems.length - problemsShown;
  throw new MispricedError({
    code: 'DATA_INVALID',
    message: [
      `The loans cannot be offered on ${date}:`,
      ...problems.slice(0, problemsShown).map((problem) => `  ${problem}`),
      ...(more > 0 ? [`  and ${more} more`] : []),
    ].join('\n'),
    fix: 'Mend these rows in the loan file, or leave them out.',
  });
}
