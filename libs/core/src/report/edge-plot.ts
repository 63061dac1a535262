import { bin, max, median, min, tickStep } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { formatCountOf, formatPoints } from './format-values.ts';
import { html, type Html } from './html.ts';
import { paddedDomain } from './padded-domain.ts';
import { pixel, plotArea, plotFrame } from './plot-frame.ts';
import type { ScoredPoint } from './scored-points.ts';

const barsAimedAt = 40;

/** How many securities there are at each edge, and where the threshold cuts. */
export function edgePlot(points: readonly ScoredPoint[], threshold: number | null): Html {
  const edges = points.map(({ edge }) => edge * 100);
  const cut = threshold === null ? null : -threshold * 100;
  const [low, high] = paddedDomain(cut === null ? edges : [...edges, cut]);
  const step = tickStep(low, high, barsAimedAt);
  // The threshold is an edge of a bar, so that no bar stands on both sides of it.
  const origin = cut ?? 0;
  const first = Math.floor((low - origin) / step);
  const last = Math.ceil((high - origin) / step);
  const starts = Array.from({ length: last - first + 1 }, (_, i) => origin + (first + i) * step);
  const domain: [number, number] = [starts[0] ?? low, starts.at(-1) ?? high];
  const bars = bin().domain(domain).thresholds(starts.slice(1, -1))(edges);

  const x = scaleLinear(domain, [plotArea.left, plotArea.right]);
  const tallest = max(bars, (bar) => bar.length) ?? 1;
  const y = scaleLinear([0, Math.max(tallest * 1.15, 5)], [plotArea.bottom, plotArea.top]);
  const marks = html`${bars.map((bar) => {
    if (bar.x0 === undefined || bar.x1 === undefined || bar.length === 0) return null;
    const isBeyond = cut !== null && bar.x1 <= cut + step / 2;
    const width = Math.max(x(bar.x1) - x(bar.x0) - 1, 0.5);
    return html`<rect
      class="bar ${isBeyond ? 'beyond' : 'within'}"
      x="${pixel(x(bar.x0))}"
      y="${pixel(y(bar.length))}"
      width="${pixel(width)}"
      height="${pixel(plotArea.bottom - y(bar.length))}"
    />`;
  })}${agreement(x(0))}${cut !== null && thresholdLine(x(cut), cut)}`;
  return plotFrame({
    id: 'edge-plot',
    name: 'How many securities at each edge',
    description: describe(points, threshold),
    x: { scale: x, label: 'edge q − r, percentage points', format: ',f' },
    y: { scale: y, label: 'securities', format: ',f' },
    marks,
  });
}

/** Where the model and the price agree. */
function agreement(at: number): Html {
  return html`<path class="equal" d="M${pixel(at)} ${plotArea.top + 18}V${plotArea.bottom}" />`;
}

function thresholdLine(at: number, cut: number): Html {
  const isLeft = at < (plotArea.left + plotArea.right) / 2;
  const x = pixel(isLeft ? at + 6 : at - 6);
  return html`<path class="threshold" d="M${pixel(at)} ${plotArea.top}V${plotArea.bottom}" /><text
      class="note"
      x="${x}"
      y="${plotArea.top + 12}"
      text-anchor="${isLeft ? 'start' : 'end'}"
      >threshold ${formatPoints(cut / 100)} points</text
    >`;
}

function describe(points: readonly ScoredPoint[], threshold: number | null): string {
  const middle = median(points, ({ edge }) => edge) ?? null;
  const best = min(points, ({ edge }) => edge) ?? null;
  const beyond = points.filter(({ edge }) => threshold !== null && edge < -threshold).length;
  const securities = formatCountOf(points.length, 'scored security', 'scored securities');
  return `Of ${securities}, ${beyond} lie beyond the threshold. The median edge is ${formatPoints(middle)} percentage points, the best ${formatPoints(best)}.`;
}
