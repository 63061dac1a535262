import type { RiskCurveKnots } from '../domain/model-manifest.ts';
import { mergeTies, type WeightedPoint } from './merge-ties.ts';
import { poolAdjacentViolators } from './pool-adjacent-violators.ts';
import { riskCurveError } from './risk-curve-error.ts';
import { trimKnots } from './trim-knots.ts';

/** What a risk curve is fitted on: one entry a security in each list. */
export interface RiskCurveObservations {
  /** In the venue's own unit. */
  readonly prices: ArrayLike<number>;
  /** 1 for a loss, 0 for none; a share of securities lost may stand for several. */
  readonly outcomes: ArrayLike<number>;
  /** How much each row counts; one each where left out, and a row of weight 0 does not count. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * Fits the market's view of risk: the probability of a loss at a price, never falling as the price
 * rises, because a market asks more for what it thinks riskier. It is the isotonic regression of
 * the outcomes on the prices, with the knots that scikit-learn's `IsotonicRegression` finds.
 *
 * @throws MispricedError `DATA_INVALID` for lists of different length, no row with a weight, a
 * price that is not a finite number, an outcome outside 0 to 1 or a negative weight.
 */
export function fitRiskCurve(observations: RiskCurveObservations): RiskCurveKnots {
  const points = mergeTies(sortedPoints(observations));
  const risks = poolAdjacentViolators(points);
  return trimKnots({ prices: points.map((point) => point.price), risks });
}

function sortedPoints(observations: RiskCurveObservations): WeightedPoint[] {
  const { prices, outcomes, weights } = observations;
  const problems: string[] = [];
  if (outcomes.length !== prices.length || (weights && weights.length !== prices.length)) {
    problems.push('there must be one outcome (and one weight, where there are any) for each price');
    throw riskCurveError('No risk curve can be fitted', problems);
  }
  const points: WeightedPoint[] = [];
  let totalWeight = 0;
  for (let row = 0; row < prices.length; row += 1) {
    const price = prices[row] ?? Number.NaN;
    const outcome = outcomes[row] ?? Number.NaN;
    const weight = weights ? (weights[row] ?? Number.NaN) : 1;
    if (!Number.isFinite(price)) problems.push(`row ${row}: price ${price} is not a number`);
    if (!(outcome >= 0 && outcome <= 1)) {
      problems.push(`row ${row}: outcome ${outcome} is not between 0 and 1`);
    }
    if (!(weight >= 0)) problems.push(`row ${row}: weight ${weight} is not 0 or more`);
    totalWeight += weight;
    if (weight > 0) points.push({ price, outcome, weight });
  }
  if (problems.length === 0 && points.length === 0) problems.push('no row has a weight above 0');
  if (totalWeight === Number.POSITIVE_INFINITY) problems.push('the weights add up to infinity');
  if (problems.length > 0) throw riskCurveError('No risk curve can be fitted', problems);
  return points.sort((a, b) => a.price - b.price || a.outcome - b.outcome);
}
