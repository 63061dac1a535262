import { MispricedError } from './errors.ts';

/** A day as `yyyy-mm-dd`, without a time zone. */
export type CalendarDate = string;

/**
 * The day written in an ISO 8601 text, as written: a venue's local day, whatever its offset.
 *
 * @throws MispricedError `DATA_INVALID` for anything that does not begin with a real day.
 */
export function parseCalendarDate(text: string): CalendarDate {
  const day = text.slice(0, 10);
  if (!isRealDay(day)) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `${JSON.stringify(text)} does not begin with a date.`,
      fix: 'Write dates as yyyy-mm-dd.',
    });
  }
  return day;
}

/** Whether a text is a day of the calendar, `yyyy-mm-dd`, and nothing more. */
export function isCalendarDate(text: string): text is CalendarDate {
  return text.length === 10 && isRealDay(text);
}

const momentText =
  /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * The moment that an ISO 8601 text with a time and a zone names, null where it names none. `Date` alone
 * would read 30 February as a day in March.
 */
export function momentIn(text: string): Date | null {
  const day = momentText.exec(text)?.[1];
  if (day === undefined || !isRealDay(day)) return null;
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

const longMonths = new Set([1, 3, 5, 7, 8, 10, 12]);

/** By arithmetic, not by `Date`: a listing has a day in most of its rows. */
function isRealDay(day: string): boolean {
  const [, year, month, date] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []).map(Number);
  if (year === undefined || month === undefined || date === undefined) return false;
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const february = isLeapYear ? 29 : 28;
  const days = month === 2 ? february : longMonths.has(month) ? 31 : 30;
  return month >= 1 && month <= 12 && date >= 1 && date <= days;
}

/** Months since year 0: the difference of two is the number of month boundaries between them. */
export function monthNumber(date: CalendarDate): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

/** The first day of the month with this number. */
export function firstDayOfMonth(month: number): CalendarDate {
  const year = String(Math.floor(month / 12)).padStart(4, '0');
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}
