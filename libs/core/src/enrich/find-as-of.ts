import type { DropReason } from '../domain/decision.ts';
import { firstDayOfMonth } from '../domain/calendar-date.ts';
import type { OwnDataRow, OwnDataSet } from './own-data-set.ts';

/** The row that may be used, or why there is none. */
export type AsOfAnswer =
  | { readonly row: OwnDataRow }
  | {
      readonly reason: Extract<
        DropReason,
        'no-own-data' | 'own-data-not-yet-known' | 'own-data-stale'
      >;
      readonly detail: string;
    };

/**
 * The newest row of a key that was known in a month: one of month M from the first day of M +
 * lagMonths on, and no longer than staleAfterMonths past that. A static set has one row for all
 * times.
 *
 * @param asOfMonth Months since year 0.
 */
export function findAsOf(set: OwnDataSet, key: string, asOfMonth: number): AsOfAnswer {
  const rows = set.rowsByKey.get(key) ?? [];
  const [oldest] = rows;
  const { date } = set.declaration;
  if (oldest === undefined) {
    return { reason: 'no-own-data', detail: `nothing for ${JSON.stringify(key)}` };
  }
  if (date === null) return { row: oldest };
  const newestUsable = asOfMonth - date.lagMonths;
  const row = rows[countUpTo(rows, newestUsable) - 1];
  if (row === undefined) {
    return {
      reason: 'own-data-not-yet-known',
      detail: `the oldest of ${JSON.stringify(key)} is of ${monthText(oldest)}`,
    };
  }
  if (newestUsable - (row.month ?? 0) > date.staleAfterMonths) {
    return {
      reason: 'own-data-stale',
      detail: `the newest known of ${JSON.stringify(key)} is of ${monthText(row)}`,
    };
  }
  return { row };
}

/** How many rows are of this month or an earlier one; they are sorted by month. */
function countUpTo(rows: readonly OwnDataRow[], month: number): number {
  let from = 0;
  let to = rows.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((rows[middle]?.month ?? 0) <= month) from = middle + 1;
    else to = middle;
  }
  return from;
}

function monthText(row: OwnDataRow): string {
  return firstDayOfMonth(row.month ?? 0).slice(0, 7);
}
