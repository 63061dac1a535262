import { parseCalendarDate } from '@mispriced/core';
import type { ColumnKind } from './listing-fields.ts';
import { pacificTime } from './pacific-time.ts';

type Parsed = number | string | null;

const parsers: Record<ColumnKind, (text: string) => Parsed | undefined> = {
  date: parseDate,
  'employment-months': parseEmploymentMonths,
  number: (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
  text: (text) => text,
  'upper-case': (text) => text.toUpperCase().replaceAll(' ', '_'),
};

/** The value an API field has for a cell of the loan file; undefined where it makes no sense. */
export function parseColumn(kind: ColumnKind, cell: string | undefined): Parsed | undefined {
  const text = cell?.trim() ?? '';
  return text === '' ? null : parsers[kind](text);
}

/** Years as the file has them, in the months that the API has: `10+ years` says 120. */
function parseEmploymentMonths(text: string): number | null | undefined {
  if (text === 'n/a') return null;
  if (text === '< 1 year') return 0;
  const years = /^(\d+)\+? years?$/.exec(text)?.[1];
  return years === undefined ? undefined : Number(years) * 12;
}

/** Midnight of the day, so that a reader who keeps the day as written has the file's day. */
function parseDate(text: string): string | undefined {
  try {
    return text.length === 10 ? pacificTime(parseCalendarDate(text)) : undefined;
  } catch {
    return undefined;
  }
}
