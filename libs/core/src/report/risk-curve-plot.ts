import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { formatCountOf } from './format-values.ts';
import { html, type Html } from './html.ts';
import type { RiskCurveKnots } from '../domain/model-manifest.ts';
import { type LinearScale, plotArea, plotFrame } from './plot-frame.ts';
import { pointMarks } from './point-marks.ts';
import type { ScoredPoint } from './scored-points.ts';

/** One group's risk curve with its securities: those below the dashed line are candidates. */
export function riskCurvePlot(args: {
  /** Position among the plots, for an id. */
  index: number;
  group: string;
  curve: RiskCurveKnots;
  points: readonly ScoredPoint[];
  threshold: number | null;
  priceLabel: string;
  /** Shared by all groups, so that they can be compared. */
  prices: readonly [number, number];
  risks: readonly [number, number];
}): Html {
  const { group, curve, points, threshold, prices } = args;
  const x = scaleLinear(prices, [plotArea.left, plotArea.right]);
  const y = scaleLinear(args.risks, [plotArea.bottom, plotArea.top]);
  const dashed =
    threshold !== null &&
    html`<path class="threshold" d="${curveOf({ curve, prices, x, y, below: threshold })}" />`;
  const marks = html`${dashed}<path
      class="curve"
      d="${curveOf({ curve, prices, x, y, below: 0 })}"
    />${pointMarks(points, ({ price, q }) => [x(price), y(q)])}`;
  return plotFrame({
    id: `risk-curve-${args.index}`,
    name: `Risk curve of group ${group}`,
    description: `The risk in the price for group ${group}, from ${curve.prices.length} knots, and ${formatCountOf(points.length, 'security', 'securities')} at their price and the risk by the model.`,
    x: { scale: x, label: args.priceLabel, format: ',f' },
    y: { scale: y, label: 'risk of a loss', format: '%' },
    marks,
  });
}

/** The curve as a path over the whole width: level beyond its outer knots, as it is evaluated. */
function curveOf(args: {
  curve: RiskCurveKnots;
  prices: readonly [number, number];
  x: LinearScale;
  y: LinearScale;
  below: number;
}): string {
  const { curve, prices, x, y, below } = args;
  const knots = curve.prices.map((price, i) => [price, curve.risks[i] ?? 0] as const);
  const first = knots[0];
  const last = knots.at(-1);
  if (!first || !last) return '';
  const path = line<readonly [number, number]>(
    ([price]) => x(price),
    ([, risk]) => y(risk - below),
  ).digits(2);
  const left = [Math.min(prices[0], first[0]), first[1]] as const;
  const right = [Math.max(prices[1], last[0]), last[1]] as const;
  return path([left, ...knots, right]) ?? '';
}
