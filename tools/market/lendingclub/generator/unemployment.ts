import { clamp, drawNormal, roundTo } from './distributions.ts';
import { namedRandom } from './random.ts';
import { stateCodes } from './regions.ts';

/** The first month of the simulated country's statistics, as a number of months since year 0. */
export const firstStatisticsMonth = 2000 * 12;

/** Percent by state, then by month counted from `firstStatisticsMonth`. */
export type UnemploymentPaths = ReadonlyMap<string, readonly number[]>;

/**
 * Each state's unemployment rate, month by month: a slow swing of the whole country (a period of ten
 * years), a level of the state's own, and a deviation that keeps 97 % of itself from month to month.
 * What was two months ago therefore tells much of today, but not all.
 *
 * @param lastMonth Months since year 0.
 */
export function generateUnemployment(seed: number, lastMonth: number): UnemploymentPaths {
  return new Map(
    stateCodes.map((state) => {
      const random = namedRandom(seed, `unemployment|${state}`);
      const level = 6 + 0.8 * drawNormal(random);
      let deviation = drawNormal(random);
      const path: number[] = [];
      for (let month = firstStatisticsMonth; month <= lastMonth; month += 1) {
        const swing = 1.5 * Math.sin((2 * Math.PI * (month - firstStatisticsMonth)) / 120);
        path.push(roundTo(clamp(level + swing + deviation, 1.5, 18), 1));
        deviation = 0.97 * deviation + 0.3 * drawNormal(random);
      }
      return [state, path];
    }),
  );
}

/** Each state's rate minus the mean of all states in that month, percentage points. */
export function relativeUnemployment(
  paths: UnemploymentPaths,
  month: number,
): ReadonlyMap<string, number> {
  const index = month - firstStatisticsMonth;
  const rates = [...paths].map(([state, path]) => [state, path[index] ?? Number.NaN] as const);
  const mean = rates.reduce((sum, [, rate]) => sum + rate, 0) / rates.length;
  return new Map(rates.map(([state, rate]) => [state, rate - mean]));
}
