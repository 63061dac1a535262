import type { DecisionLimits } from '../domain/decision-limits.ts';
import type { DroppedListing } from '../domain/enriched-listing.ts';
import type { Money } from '../domain/money.ts';
import type { ScoredListing } from '../domain/scored-listing.ts';

/** Everything a decision depends on. */
export interface DecisionRequest {
  readonly scored: readonly ScoredListing[];
  /** Rows that never reached a score: each gets a decision too. */
  readonly dropped: readonly DroppedListing[];
  /** T: buy only where q - r is below -T. A difference of probabilities, 0.04 by default. */
  readonly threshold: number;
  readonly limits: DecisionLimits;
  /** Dollars that may be spent. */
  readonly cash: Money;
  /** Ids of securities that the account holds or has on order. */
  readonly held: ReadonlySet<string>;
  /** Ids of securities with an order whose fate is not known. */
  readonly unknown: ReadonlySet<string>;
  /** Dollars in each group already, where the limits on groups are to count them. */
  readonly spentByGroup?: ReadonlyMap<string, Money>;
  /** Dollars this run has ordered already, where it was interrupted and is started again. */
  readonly spentInRun?: Money;
  /** Dollars that the account has used of the day's and the month's limits; what this run has is in it. */
  readonly spentAround?: { readonly day: Money; readonly month: Money };
  /** The venue may fill an order up to the next multiple of this: so much of the limits is kept for it. */
  readonly roundsUpTo?: Money | null;
  /** When on, nothing is bought. */
  readonly killSwitch: boolean;
}
