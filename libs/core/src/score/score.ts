import type { CalendarDate } from '../domain/calendar-date.ts';
import type { DroppedListing, EnrichedListing, StageOutcome } from '../domain/enriched-listing.ts';
import { MispricedError } from '../domain/errors.ts';
import type { ScoredListing } from '../domain/scored-listing.ts';
import { buildFeatureMatrix } from './feature-matrix.ts';
import type { Model } from './model.ts';
import type { RiskOf } from './verify-parity.ts';

/**
 * Gives every enriched listing both views of its risk: q by the model, r by the market's price.
 * Listings that cannot have both are dropped and named.
 *
 * @throws MispricedError `MODEL_CONTRACT` for a score that is no probability.
 */
export async function score(args: {
  rows: readonly EnrichedListing[];
  model: Model;
  riskOf: RiskOf;
  asOf: CalendarDate;
}): Promise<StageOutcome<ScoredListing>> {
  const { model, riskOf } = args;
  const matrix = buildFeatureMatrix({
    rows: args.rows,
    featureSet: model.manifest.features,
    asOf: args.asOf,
  });
  const scores = await model.score(matrix.values);
  const rows: ScoredListing[] = [];
  const dropped: DroppedListing[] = [...matrix.dropped];
  matrix.rows.forEach((row, index) => {
    const { id, price, group } = row;
    const r = riskOf(group, price);
    if (r === null) {
      const detail = `no risk curve for the group "${group}"`;
      dropped.push({ id, price, group, reason: 'no-risk-curve', detail });
      return;
    }
    rows.push({ ...row, q: probability(scores[index], id), r: probability(r, id) });
  });
  return { rows, dropped };
}

function probability(value: number | undefined, id: string): number {
  if (value !== undefined && value >= 0 && value <= 1) return value;
  throw new MispricedError({
    code: 'INTERNAL',
    message: `The listing ${id} got a risk of ${value ?? 'nothing'}, which is no probability.`,
    fix: 'Nothing more was bought. Please report this with the lines logged before it.',
  });
}
