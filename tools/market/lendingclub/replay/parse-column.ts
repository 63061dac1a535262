import { type CellValue, dayCell, idCell, numberCell, textCell } from '@mispriced/core';
import type { ColumnKind } from './listing-fields.ts';
import { pacificTime } from './pacific-time.ts';

type Parsed = number | string | null;

const parsers: Record<ColumnKind, (cell: string) => CellValue<Parsed>> = {
  date: parseDate,
  'employment-months': parseEmploymentMonths,
  'free-text': (cell) => ({ value: cell.trim() }),
  id: parseId,
  months: (cell) => numberCell(cell, 'months'),
  number: numberCell,
  text: (cell) => ({ value: textCell(cell) }),
  'upper-case': (cell) => ({ value: cell.trim().toUpperCase().replaceAll(' ', '_') }),
};

/** The value an API field has for a cell of the loan file, or why it makes no sense. */
export function parseColumn(kind: ColumnKind, cell: string | undefined): CellValue<Parsed> {
  const text = cell?.trim() ?? '';
  return text === '' ? { value: null } : parsers[kind](cell ?? '');
}

/** Years as the file has them, in the months that the API has: `10+ years` says 120. */
function parseEmploymentMonths(cell: string): CellValue<number | null> {
  const text = cell.trim();
  if (text === 'n/a') return { value: null };
  if (text === '< 1 year') return { value: 0 };
  const years = /^(1(?= year$)|[2-9](?= years$)|10(?=\+ years$))/.exec(text)?.[1];
  return years === undefined
    ? {
        problem: `${JSON.stringify(cell)} is no length of employment: "< 1 year", "1 year", ... "9 years", "10+ years" or "n/a"`,
      }
    : { value: Number(years) * 12 };
}

/** Midnight of the day, so that a reader who keeps the day as written has the file's day. */
function parseDate(cell: string): CellValue<string | null> {
  const day = dayCell(cell);
  return 'problem' in day ? day : { value: day.value === null ? null : pacificTime(day.value) };
}

/** The API's ids are numbers: what is none is refused as one. */
function parseId(cell: string): CellValue<number | null> {
  const id = idCell(cell);
  return 'problem' in id ? id : numberCell(id.value);
}
