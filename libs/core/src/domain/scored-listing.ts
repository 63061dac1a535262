import type { EnrichedListing } from './enriched-listing.ts';

/** An enriched listing with both views of its risk. */
export interface ScoredListing extends EnrichedListing {
  /** Probability of a loss by the model, 0 to 1. */
  readonly q: number;
  /** Probability of a loss by the market's price, 0 to 1. */
  readonly r: number;
}
