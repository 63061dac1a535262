import type { WeightedPoint } from './merge-ties.ts';

/** Neighbouring points that share one risk. */
interface Block {
  readonly mean: number;
  readonly weight: number;
  /** Position after the block's last point. */
  readonly end: number;
}

/**
 * The non-decreasing sequence nearest to the points' outcomes in weighted squares, one value a
 * point. It looks at each point once forward and merges each block at most once backward, so it is
 * linear in time.
 *
 * The pooling order (later points first, then earlier blocks) is that of F. M. T. A. Busing,
 * "Monotone Regression: A Simple and Fast O(n) PAVA Implementation", Journal of Statistical
 * Software 102 (2022), which scikit-learn reaches by way of SciPy: the same order rounds the same.
 *
 * @param points In the order of price, no price twice.
 */
export function poolAdjacentViolators(points: readonly WeightedPoint[]): number[] {
  const blocks: Block[] = [];
  let next = 0;
  let point = points[next];
  while (point !== undefined) {
    let mean = point.outcome;
    let weight = point.weight;
    let previous = blocks.at(-1);
    next += 1;
    if (previous !== undefined && previous.mean >= mean) {
      blocks.pop();
      let sum = previous.weight * previous.mean + weight * mean;
      weight += previous.weight;
      mean = sum / weight;
      for (let later = points[next]; later && mean >= later.outcome; later = points[next]) {
        sum += later.weight * later.outcome;
        weight += later.weight;
        mean = sum / weight;
        next += 1;
      }
      for (previous = blocks.at(-1); previous && previous.mean >= mean; previous = blocks.at(-1)) {
        blocks.pop();
        sum += previous.weight * previous.mean;
        weight += previous.weight;
        mean = sum / weight;
      }
    }
    blocks.push({ mean, weight, end: next });
    point = points[next];
  }
  return spread(blocks, points.length);
}

function spread(blocks: readonly Block[], length: number): number[] {
  const risks = new Array<number>(length);
  let from = 0;
  for (const block of blocks) {
    risks.fill(block.mean, from, block.end);
    from = block.end;
  }
  return risks;
}
