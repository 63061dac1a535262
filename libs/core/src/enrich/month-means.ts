/**
 * For each month the mean of its values: one double after the other in the order of the file, divided
 * by their count. Training does the same; another order, or a compensated sum, would differ in the
 * last bit.
 */
export function monthMeans(
  months: readonly (number | null)[],
  values: readonly (number | null)[],
): ReadonlyMap<number, number> {
  const sums = new Map<number, { total: number; count: number }>();
  values.forEach((value, row) => {
    const month = months[row] ?? null;
    if (value === null || month === null) return;
    const sum = sums.get(month) ?? { total: 0, count: 0 };
    sum.total += value;
    sum.count += 1;
    sums.set(month, sum);
  });
  return new Map([...sums].map(([month, { total, count }]) => [month, total / count]));
}
