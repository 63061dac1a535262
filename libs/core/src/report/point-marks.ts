import { symbol, symbolCircle, symbolDiamond, type SymbolType } from 'd3-shape';
import { formatPercent, formatPoints } from './format-values.ts';
import { html, type Html } from './html.ts';
import { pixel } from './plot-frame.ts';
import type { PointKind, ScoredPoint } from './scored-points.ts';

/** Shape and size tell the kinds apart where colour does not. */
const shapes: Readonly<Record<PointKind, { type: SymbolType; area: number }>> = {
  buy: { type: symbolCircle, area: 64 },
  missed: { type: symbolDiamond, area: 52 },
  within: { type: symbolCircle, area: 14 },
};

const words: Readonly<Record<PointKind, string>> = {
  buy: 'to buy',
  missed: 'beyond the threshold, not bought',
  within: 'within the threshold',
};

function shapeOf(kind: PointKind): string {
  const { type, area } = shapes[kind];
  return symbol(type, area).digits(2)() ?? '';
}

/** The points, with a tip of their numbers for those that matter. */
export function pointMarks(
  points: readonly ScoredPoint[],
  place: (point: ScoredPoint) => readonly [number, number],
): Html {
  const paths = { buy: shapeOf('buy'), missed: shapeOf('missed'), within: shapeOf('within') };
  return html`${points.map((point) => {
    const [x, y] = place(point);
    const tip = point.kind !== 'within' && html`<title>${tipOf(point)}</title>`;
    return html`<path
      class="point ${point.kind}"
      transform="translate(${pixel(x)} ${pixel(y)})"
      d="${paths[point.kind]}"
      >${tip}</path
    >`;
  })}`;
}

function tipOf({ id, q, r, edge }: ScoredPoint): string {
  return `${id}: q ${formatPercent(q)}, r ${formatPercent(r)}, edge ${formatPoints(edge)} points`;
}

/** What the marks mean, for under a plot; only the kinds that occur. */
export function pointLegend(points: readonly ScoredPoint[]): Html {
  const kinds = (['buy', 'missed', 'within'] as const).filter((kind) =>
    points.some((point) => point.kind === kind),
  );
  return html`<span class="legend"
    >${kinds.map(
      (kind) =>
        html`<span
          ><svg viewBox="-8 -8 16 16" aria-hidden="true">
            <path class="point ${kind}" d="${shapeOf(kind)}" /></svg
          >${words[kind]}</span
        >`,
    )}</span
  >`;
}
