import { type CalendarDate, monthNumber } from '../domain/calendar-date.ts';
import type { DroppedListing, EnrichedListing } from '../domain/enriched-listing.ts';
import type { FeatureSet } from '../domain/feature-set.ts';
import { type FeatureSource, type FeatureValue, featureValue } from './feature-value.ts';

/** The model's input: one row a listing, one column a feature in the order declared. */
export interface FeatureMatrix<Row> {
  /** Row after row, float32. */
  readonly values: Float32Array;
  /** The listings of the rows. */
  readonly rows: readonly Row[];
  readonly dropped: readonly DroppedListing[];
}

/**
 * Writes one listing's features into a row of a matrix.
 *
 * @returns Null, or why the listing cannot be scored; the row then holds nothing of use.
 */
export function buildFeatureRow(args: {
  source: FeatureSource;
  featureSet: FeatureSet;
  /** The listing's month, as months since year 0. */
  asOfMonth: number;
  /** Where the row goes: as many places as there are features, from `offset` on. */
  target: Float32Array;
  offset: number;
}): Exclude<FeatureValue, { value: number }> | null {
  let place = args.offset;
  for (const feature of args.featureSet.features) {
    const result = featureValue(feature, args.source, args.asOfMonth);
    if ('reason' in result) return result;
    args.target[place] = result.value;
    place += 1;
  }
  return null;
}

/**
 * Builds the model's input from enriched listings. A listing that lacks something a feature needs is
 * dropped and named.
 */
export function buildFeatureMatrix<Row extends EnrichedListing>(args: {
  rows: readonly Row[];
  featureSet: FeatureSet;
  asOf: CalendarDate;
}): FeatureMatrix<Row> {
  const { featureSet } = args;
  const width = featureSet.features.length;
  const values = new Float32Array(args.rows.length * width);
  const asOfMonth = monthNumber(args.asOf);
  const kept: Row[] = [];
  const dropped: DroppedListing[] = [];
  for (const row of args.rows) {
    const offset = kept.length * width;
    const drop = buildFeatureRow({ source: row, featureSet, asOfMonth, target: values, offset });
    if (drop === null) kept.push(row);
    else dropped.push({ id: row.id, price: row.price, group: row.group, ...drop });
  }
  return { values: values.subarray(0, kept.length * width), rows: kept, dropped };
}
