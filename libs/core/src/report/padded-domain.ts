import { extent } from 'd3-array';

/**
 * The range of some values with a little room on both sides, so that no mark touches the frame; of
 * one value alone, a range around it; of none, 0 to 1.
 */
export function paddedDomain(values: Iterable<number>, share = 0.04): [number, number] {
  const [least, most] = extent(values);
  if (least === undefined) return [0, 1];
  const padding = (most - least) * share || Math.abs(least) * share || share;
  return [least - padding, most + padding];
}
