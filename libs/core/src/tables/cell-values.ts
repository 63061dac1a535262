import { monthNumber, parseCalendarDate, type CalendarDate } from '../domain/calendar-date.ts';
import { whyNoDay, whyNoNumber } from './likely-cause.ts';
import { shownCell, textCell } from './text-cell.ts';

/** What a cell holds, or why it cannot be used. */
export type CellValue<Value> = { readonly value: Value } | { readonly problem: string };

const numberText = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const wholeText = /^(\d+)(?:\.0*)?$/;
const monthsText = /^(\S+)\s+months?$/;
/** A day, and what an ISO 8601 text may say of the time of it: the day counts as written. */
const dayText =
  /^(\d{4}-\d\d-\d\d)(?:[T ]\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/**
 * A cell as a number; null where it is empty. A float without a number in it counts as empty.
 *
 * @param unit Where it is `months`, `36 months` is a number too: LendingClub's files write so.
 */
export function numberCell(cell: unknown, unit = ''): CellValue<number | null> {
  const text = textCell(cell)?.trim();
  if (text === undefined) return { value: null };
  const isNumber = typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'string';
  const digits = (unit === 'months' ? monthsText.exec(text)?.[1] : undefined) ?? text;
  const value = isNumber && numberText.test(digits) ? Number(digits) : Number.NaN;
  const isExact = !/^[+-]?\d+$/.test(digits) || Number.isSafeInteger(value);
  if (Number.isFinite(value) && (isExact || typeof cell === 'number')) return { value };
  return { problem: `${shownCell(cell)} is not a finite number: ${whyNoNumber(text)}` };
}

/** A cell as part of a key; whole numbers lose their fraction. */
export function keyCell(cell: unknown): CellValue<string> {
  const text = textCell(cell);
  if (text === null) return { problem: 'the key is empty' };
  const isKey =
    typeof cell === 'string' ||
    typeof cell === 'bigint' ||
    (typeof cell === 'number' && Number.isFinite(cell));
  return isKey ? { value: text } : { problem: `${shownCell(cell)} cannot be a key` };
}

/**
 * A cell as the id of a loan. Whole numbers are written in one way, and none is longer than a market's
 * number keeps exactly: beyond 2^53 two ids would become one.
 */
export function idCell(cell: unknown): CellValue<string> {
  const text = textCell(cell)?.trim();
  if (text === undefined) return { problem: 'the id is empty' };
  const whole = wholeText.exec(text)?.[1];
  // A spreadsheet writes a long number as 1E+18, and has lost the rest of it.
  if (whole === undefined && !/^\d[\d.]*e\+?\d+$/i.test(text)) return { value: text };
  if (whole !== undefined && Number.isSafeInteger(Number(whole))) {
    return { value: String(Number(whole)) };
  }
  return {
    problem: `${shownCell(cell)} is too long for an id, which is at most ${Number.MAX_SAFE_INTEGER}: two of this length could become one; number the loans anew`,
  };
}

/** A cell with a day, as written; null where it is empty. A moment that is not midnight UTC is refused. */
export function dayCell(cell: unknown): CellValue<CalendarDate | null> {
  const text = textCell(cell)?.trim();
  if (text === undefined) return { value: null };
  if (cell instanceof Date) {
    return text.length === 10
      ? { value: text }
      : { problem: `${text} is a moment, not a day: the day hangs on a time zone; write days` };
  }
  const day = typeof cell === 'string' ? dayText.exec(text)?.[1] : undefined;
  try {
    if (day !== undefined) return { value: parseCalendarDate(day) };
  } catch {
    // Told below, with what it may be.
  }
  return { problem: `${shownCell(cell)} is not a day, yyyy-mm-dd: ${whyNoDay(text)}` };
}

/** A cell with any day of a month, as months since year 0. */
export function monthCell(cell: unknown): CellValue<number> {
  const day = dayCell(cell);
  if ('problem' in day) return day;
  return day.value === null ? { problem: 'the date is empty' } : { value: monthNumber(day.value) };
}
