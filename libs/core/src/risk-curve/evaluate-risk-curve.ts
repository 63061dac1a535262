import { bisectLeft } from 'd3-array';
import type { RiskCurveKnots } from '../domain/model-manifest.ts';
import { riskCurveError } from './risk-curve-error.ts';

/**
 * The market's view of one security: the probability of a loss (0 to 1) that a risk curve reads off
 * its price. Linear between two knots; the first or last knot's risk for a price beyond them,
 * because a market's view outside what was seen is not known to be more extreme.
 *
 * @throws MispricedError `DATA_INVALID` for a price that is not a finite number, or no knots.
 */
export function evaluateRiskCurve(knots: RiskCurveKnots, price: number): number {
  const { prices, risks } = knots;
  if (!Number.isFinite(price)) {
    throw riskCurveError('No risk can be read off the curve', [`price ${price} is not a number`]);
  }
  // The first knot whose price is not below.
  const above = bisectLeft(prices, price);
  const upperPrice = prices[above];
  const lowerPrice = prices[above - 1];
  const upperRisk = risks[above] ?? risks.at(-1);
  const lowerRisk = risks[above - 1] ?? upperRisk;
  if (upperRisk === undefined || lowerRisk === undefined) {
    throw riskCurveError('No risk can be read off the curve', ['it has no knots']);
  }
  if (upperPrice === undefined || upperPrice === price) return upperRisk;
  if (lowerPrice === undefined) return upperRisk;
  // Halves first, so that no difference of two finite prices overflows.
  const share = (price / 2 - lowerPrice / 2) / (upperPrice / 2 - lowerPrice / 2);
  return Math.min(lowerRisk + share * (upperRisk - lowerRisk), upperRisk);
}
