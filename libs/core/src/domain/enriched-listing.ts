import type { AttributeValue, Listing } from './listing.ts';
import type { DropReason } from './decision.ts';

/** A listing joined with the own data y that was known on the listing's date. */
export interface EnrichedListing extends Listing {
  /** Own values by data set, then by column. */
  readonly own: Readonly<Record<string, Readonly<Record<string, AttributeValue>>>>;
}

/** A listing that left the pipeline before it had a score. */
export interface DroppedListing {
  readonly id: string;
  readonly price: number | null;
  readonly group: string | null;
  readonly reason: DropReason;
  /** Which data set, feature or problem, for the report. */
  readonly detail: string;
}

/** What every stage before the decision returns: rows that go on, and rows that do not. */
export interface StageOutcome<Row> {
  readonly rows: readonly Row[];
  readonly dropped: readonly DroppedListing[];
}
