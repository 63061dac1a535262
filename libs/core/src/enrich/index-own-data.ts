import { firstDayOfMonth } from '../domain/calendar-date.ts';
import type { OwnDataDeclaration } from '../domain/feature-set.ts';
import type { DataProblems } from '../tables/data-problems.ts';
import { monthMeans } from './month-means.ts';
import { type OwnDataRow, relativeColumn } from './own-data-set.ts';

/** Builds the rows of each key, oldest first, and names every key that has two of one month. */
export function indexOwnData(args: {
  keys: readonly (string | null)[];
  months: readonly (number | null)[];
  values: ReadonlyMap<string, readonly (number | null)[]>;
  declaration: OwnDataDeclaration;
  place: (row: number) => string;
  problems: DataProblems;
}): ReadonlyMap<string, readonly OwnDataRow[]> {
  const isDated = args.declaration.date !== null;
  const columns = [...args.values].map(([name, values]) => ({
    name,
    values,
    means: isDated ? monthMeans(args.months, values) : null,
  }));
  const placesByKey = new Map<string, Map<number | null, string>>();
  const rowsByKey = new Map<string, OwnDataRow[]>();
  args.keys.forEach((key, row) => {
    const month = args.months[row] ?? null;
    if (key === null || (isDated && month === null)) return;
    const places = placesByKey.get(key) ?? new Map<number | null, string>();
    const earlier = places.get(month);
    if (earlier !== undefined) {
      const when = month === null ? '' : ` in ${firstDayOfMonth(month).slice(0, 7)}`;
      args.problems.add(`${args.place(row)}: "${key}" stands${when} already on ${earlier}`, 'keys');
      return;
    }
    placesByKey.set(key, places.set(month, args.place(row)));
    const rows = rowsByKey.get(key) ?? [];
    rows.push({ month, values: valuesOf(columns, row, month) });
    rowsByKey.set(key, rows);
  });
  for (const rows of rowsByKey.values()) rows.sort((a, b) => (a.month ?? 0) - (b.month ?? 0));
  return rowsByKey;
}

interface Column {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly means: ReadonlyMap<number, number> | null;
}

/** Frozen, since every listing with this key shares it. */
function valuesOf(
  columns: readonly Column[],
  row: number,
  month: number | null,
): OwnDataRow['values'] {
  const values: Record<string, number | null> = {};
  for (const { name, values: cells, means } of columns) {
    const value = cells[row] ?? null;
    values[name] = value;
    if (means === null || month === null) continue;
    const mean = means.get(month);
    values[relativeColumn(name)] = value === null || mean === undefined ? null : value - mean;
  }
  return Object.freeze(values);
}
