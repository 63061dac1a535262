import type { RiskCurveKnots } from '../domain/model-manifest.ts';
import { evaluateRiskCurve } from './evaluate-risk-curve.ts';

/**
 * The market's view of a security in its group, 0 to 1; null where the group has no curve, because
 * another group's curve would be a guess.
 *
 * @throws MispricedError `DATA_INVALID` for a price that is not a finite number.
 */
export function riskOf(
  curves: Readonly<Record<string, RiskCurveKnots>>,
  group: string,
  price: number,
): number | null {
  const curve = Object.hasOwn(curves, group) ? curves[group] : undefined;
  return curve === undefined ? null : evaluateRiskCurve(curve, price);
}
