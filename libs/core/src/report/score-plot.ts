import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { formatCountOf, formatPoints } from './format-values.ts';
import { html, type Html } from './html.ts';
import { paddedDomain } from './padded-domain.ts';
import { plotArea, plotFrame } from './plot-frame.ts';
import { pointMarks } from './point-marks.ts';
import type { ScoredPoint } from './scored-points.ts';

/** The model's view of each security against the market's. */
export function scorePlot(points: readonly ScoredPoint[], threshold: number | null): Html {
  const [low, high] = paddedDomain(points.map(({ r }) => r));
  const x = scaleLinear([low, high], [plotArea.left, plotArea.right]);
  const y = scaleLinear(paddedDomain(points.map(({ q }) => q)), [plotArea.bottom, plotArea.top]);
  const diagonal = (below: number): string =>
    line<number>(
      (r) => x(r),
      (r) => y(r - below),
    ).digits(2)([low, high]) ?? '';
  const lines =
    threshold !== null &&
    html`<path class="zone" d="${diagonal(threshold)}V${plotArea.bottom}H${plotArea.left}Z" /><path
        class="threshold"
        d="${diagonal(threshold)}"
      />`;
  const count = (kind: string): number => points.filter((point) => point.kind === kind).length;
  return plotFrame({
    id: 'score-plot',
    name: 'The model against the market',
    description: `${formatCountOf(points.length, 'security', 'securities')} by the risk in the price, r, and the risk by the model, q: ${count('buy')} to buy and ${count('missed')} not bought below the line q = r − ${formatPoints(threshold ?? 0).replace('+', '')} points, ${count('within')} above it.`,
    x: { scale: x, label: 'r: risk by the market’s price', format: '%' },
    y: { scale: y, label: 'q: risk by the model', format: '%' },
    marks: html`${lines}<path
        class="equal"
        d="${diagonal(0)}"
      />${pointMarks(points, ({ r, q }) => [x(r), y(q)])}`,
  });
}
