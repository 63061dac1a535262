/**
 * Each value's rank from 1 in rising order; equal values share the mean of the ranks they take up,
 * so that their order in the input does not matter.
 */
export function midRanks(values: ArrayLike<number>): number[] {
  const sorted = Array.from(values, (value, row) => ({ value, row }));
  sorted.sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(sorted.length);
  let start = 0;
  while (start < sorted.length) {
    let end = start + 1;
    while (end < sorted.length && sorted[end]?.value === sorted[start]?.value) end += 1;
    const rank = (start + 1 + end) / 2;
    for (const tied of sorted.slice(start, end)) ranks[tied.row] = rank;
    start = end;
  }
  return ranks;
}
