import type { RiskCurveKnots } from '../domain/model-manifest.ts';

/**
 * Leaves out the inner knots of a level stretch: the line through the others is the same, and a
 * manifest stays small. What is left are scikit-learn's `X_thresholds_` and `y_thresholds_`.
 */
export function trimKnots(knots: RiskCurveKnots): RiskCurveKnots {
  const { prices, risks } = knots;
  const last = risks.length - 1;
  const isNeeded = (_: number, index: number): boolean =>
    index === 0 ||
    index === last ||
    risks[index] !== risks[index - 1] ||
    risks[index] !== risks[index + 1];
  return { prices: prices.filter(isNeeded), risks: risks.filter(isNeeded) };
}
