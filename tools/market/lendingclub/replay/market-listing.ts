import type { ListingField } from './listing-fields.ts';

export type ListingValue = number | string | null;

/** What a listing cannot do without. */
interface EssentialFields {
  readonly id: number;
  /** Dollars. */
  readonly loanAmount: number;
  /** Dollars taken by investors so far. */
  readonly fundedAmount: number;
  /** Months. */
  readonly term: number;
  /** Percent a year. */
  readonly intRate: number;
}

/** A loan on offer as the API serves it. Null where it is not known. */
export type MarketListing = EssentialFields &
  Readonly<Record<Exclude<ListingField, keyof EssentialFields>, ListingValue>>;
