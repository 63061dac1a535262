import { extent } from 'd3-array';

/** Beyond any price; far enough below the largest number that a range between two is one too. */
const largest = 1e100;
/** A range narrower than this is of one value: no axis can be written for it. */
const narrowest = 1e-9;

/**
 * The range of some values with a little room on both sides, so that no mark touches the frame; of
 * one value alone, a range around it; of none, 0 to 1.
 */
export function paddedDomain(values: Iterable<number>, share = 0.04): [number, number] {
  const [least, most] = extent(values);
  if (least === undefined) return [0, 1];
  const low = Math.max(least, -largest);
  const high = Math.min(most, largest);
  const isWide = high - low > narrowest * Math.max(1, Math.abs(low), Math.abs(high));
  const room = isWide ? high - low : Math.abs(low) > narrowest ? Math.abs(low) : 1;
  const padding = room * share;
  return [low - padding, high + padding];
}
