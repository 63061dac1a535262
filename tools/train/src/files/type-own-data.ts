import { relativeColumn, type OwnDataSet } from '@mispriced/core';
import { numbers, texts, type TypedColumn } from './typed-column.ts';

/** The rows of an own data set: key, month, and each column as it is and relative to its month. */
export function typeOwnData(set: OwnDataSet): readonly TypedColumn[] {
  const rows = [...set.rowsByKey].flatMap(([key, ofKey]) => ofKey.map((row) => ({ key, ...row })));
  const { columns, date } = set.declaration;
  const names = date === null ? columns : [...columns, ...columns.map(relativeColumn)];
  return [
    texts(
      'key',
      rows.map(({ key }) => key),
    ),
    numbers(
      'month',
      rows.map(({ month }) => month ?? 0),
    ),
    ...names.map((name) =>
      numbers(
        `value:${name}`,
        rows.map(({ values }) => values[name] ?? null),
      ),
    ),
  ];
}
