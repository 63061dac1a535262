import type { RiskCurveKnots } from '../domain/model-manifest.ts';
import { fitRiskCurve } from './fit-risk-curve.ts';

/** One security whose outcome is known. */
export interface RiskCurveRow {
  /** Securities whose prices can be compared with each other. */
  readonly group: string;
  readonly price: number;
  /** 1 for a loss, 0 for none. */
  readonly outcome: number;
  readonly weight?: number;
}

/**
 * Fits one risk curve for each group. One curve over all would call a difference between groups an
 * edge: a 60-month loan is riskier than a 36-month loan of the same rate.
 *
 * @throws MispricedError `DATA_INVALID` as `fitRiskCurve`.
 */
export function fitRiskCurves(rows: Iterable<RiskCurveRow>): Record<string, RiskCurveKnots> {
  const byGroup = Map.groupBy(rows, (row) => row.group);
  const curves = [...byGroup].map(([group, members]) => {
    const curve = fitRiskCurve({
      prices: members.map((row) => row.price),
      outcomes: members.map((row) => row.outcome),
      weights: members.map((row) => row.weight ?? 1),
    });
    return [group, curve] as const;
  });
  return Object.fromEntries(curves);
}
