import type { Decision } from '../domain/decision.ts';

/** What became of a scored security, as the plots show it. */
export type PointKind = 'buy' | 'missed' | 'within';

/** A scored security as a point of a plot. */
export interface ScoredPoint {
  readonly id: string;
  readonly group: string;
  readonly price: number;
  readonly r: number;
  readonly q: number;
  readonly edge: number;
  readonly kind: PointKind;
}

/** The decisions that have a score, in the order given. */
export function scoredPoints(
  decisions: readonly Decision[],
  threshold: number | null,
): readonly ScoredPoint[] {
  return decisions.flatMap(({ id, group, price, r, q, edge, decision }) => {
    if (group === null || price === null || r === null || q === null || edge === null) return [];
    const isBeyond = threshold !== null && edge < -threshold;
    const kind = decision === 'buy' ? 'buy' : isBeyond ? 'missed' : 'within';
    return [{ id, group, price, r, q, edge, kind }];
  });
}

/**
 * As many points as a page bears: those beyond the threshold first, then the others, each taken at
 * even distances so that the shape of the cloud stays.
 */
export function thinPoints(
  points: readonly ScoredPoint[],
  maximum: number,
): readonly ScoredPoint[] {
  const beyond = evenly(
    points.filter(({ kind }) => kind !== 'within'),
    maximum,
  );
  const within = evenly(
    points.filter(({ kind }) => kind === 'within'),
    maximum - beyond.length,
  );
  // Drawn last, and so on top: what was bought.
  return [...within, ...beyond.toSorted((a, b) => b.kind.localeCompare(a.kind))];
}

function evenly(points: readonly ScoredPoint[], maximum: number): readonly ScoredPoint[] {
  if (points.length <= maximum) return points;
  const step = points.length / maximum;
  return Array.from({ length: maximum }, (_, i) => points[Math.floor(i * step)]).filter(
    (point) => point !== undefined,
  );
}
