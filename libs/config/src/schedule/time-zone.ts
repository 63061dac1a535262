import { nearest } from '../nearest.ts';
import { ScheduleError } from './schedule-error.ts';

/** A day of the calendar without a time zone: months from 1. */
export interface LocalDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const dayMilliseconds = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, formatter);
  return formatter;
}

/**
 * Checks the name of a time zone.
 *
 * @returns The name as the time-zone database spells it.
 * @throws ScheduleError that names the nearest one where there is none of this name.
 */
export function parseTimeZone(name: string): string {
  const expected = 'the name of a time zone in the IANA database, such as Europe/London';
  if (/^[A-Za-z]/.test(name)) {
    try {
      return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
    } catch {
      const meant = nearest(name, Intl.supportedValuesOf('timeZone'));
      throw new ScheduleError(meant ? `${expected}; did you mean ${meant}?` : expected);
    }
  }
  throw new ScheduleError(expected);
}

/** The clock on the wall at a moment, written as if it were UTC, in milliseconds. */
function wallClock(timeZone: string, moment: number): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const part of formatterFor(timeZone).formatToParts(moment)) {
    parts[part.type] = Number(part.value);
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
export function offsetAt(timeZone: string, moment: number): number {
  const wholeSeconds = Math.floor(moment / 1000) * 1000;
  return wallClock(timeZone, wholeSeconds) - wholeSeconds;
}

/** The day a zone's calendars show at a moment. */
export function localDayAt(timeZone: string, moment: Date): LocalDay {
  return dayOf(wallClock(timeZone, moment.getTime()));
}

function dayOf(wallClockTime: number): LocalDay {
  const date = new Date(wallClockTime);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The day so many days later; earlier where negative. */
export function addDays(day: LocalDay, days: number): LocalDay {
  return dayOf(Date.UTC(day.year, day.month - 1, day.day) + days * dayMilliseconds);
}

/** Sunday is 0. */
export function dayOfWeek(day: LocalDay): number {
  return new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay();
}

/**
 * The one moment at which a day's clocks show a time. A time that comes twice (clocks go back) is
 * its first coming; one that never comes (clocks go forward) is as long after the change as it would
 * have been without one, so 02:30 in a missing hour is 03:30. This is the rule "compatible" of
 * RFC 5545 and of ECMAScript's Temporal.
 */
export function momentOfLocalTime(args: {
  timeZone: string;
  day: LocalDay;
  hour: number;
  minute: number;
  second: number;
}): Date {
  const { timeZone, day, hour, minute, second } = args;
  const wall = Date.UTC(day.year, day.month - 1, day.day, hour, minute, second);
  const before = offsetAt(timeZone, wall - dayMilliseconds);
  const after = offsetAt(timeZone, wall + dayMilliseconds);
  const offset = [before, after].find((each) => offsetAt(timeZone, wall - each) === each);
  return new Date(wall - (offset ?? before));
}
