import type { Money } from './money.ts';

/** A characteristic as a venue sends it. Dates are ISO 8601 text. */
export type AttributeValue = number | string | null;

/** One security on offer, in the shape every venue presents it to the pipeline. */
export interface Listing {
  readonly id: string;
  readonly venue: string;
  /** What the market asks, in the venue's own unit: LendingClub's interest rate in percent. */
  readonly price: number;
  /** Securities whose prices can be compared with each other: LendingClub's term in months. */
  readonly group: string;
  /** The whole security, in dollars. */
  readonly amount: Money;
  /** What can still be bought of it, in dollars. */
  readonly remaining: Money;
  /** The characteristics x, by the venue's own field names. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** An entry of a listing that cannot be used: it is reported and never bought. */
export interface InvalidListing {
  readonly id: string;
  readonly price: number | null;
  readonly group: string | null;
  readonly problem: string;
}

/** Everything a venue had on offer at one moment. */
export interface SecurityListing {
  /** When the venue made the listing, ISO 8601 as the venue wrote it. */
  readonly asOf: string;
  readonly listings: readonly Listing[];
  readonly invalid: readonly InvalidListing[];
  /** The venue's answer untouched, for the archive. */
  readonly received: unknown;
}
