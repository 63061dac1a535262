import { loanToListing, type MarketListing } from '@mispriced/market/lendingclub';

/** Loans 101, 102, ... of 1,000 dollars in two groups; every fifth is too cheap to be bought. */
export function inventedLoans(count: number): ReadonlyMap<number, MarketListing> {
  const loans = Array.from({ length: count }, (_, index) => {
    const row = {
      loan_id: String(101 + index),
      issue_d: '2010-12-01',
      loan_amnt: '1000',
      term: index % 2 === 0 ? '36' : '60',
      int_rate: index % 5 === 4 ? '5.50' : `${11 + (index % 7)}.25`,
    };
    const listing = loanToListing(row, '2010-12-15');
    if (listing === null) throw new Error('The loan is not on offer.');
    return listing;
  });
  return new Map(loans.map((loan) => [loan.id, loan]));
}
