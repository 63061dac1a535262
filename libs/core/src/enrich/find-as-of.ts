import { bisector } from 'd3-array';
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

/** The rows of a key are sorted by month; a static one has none. */
const byMonth = bisector<OwnDataRow, number>(({ month }) => month ?? 0);

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
  const row = rows[byMonth.right(rows, newestUsable) - 1];
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

function monthText(row: OwnDataRow): string {
  return firstDayOfMonth(row.month ?? 0).slice(0, 7);
}
