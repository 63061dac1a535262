import { Temporal } from 'temporal-polyfill';
import { timeZoneText } from '../schema/words.ts';
import type { TimeOfDay } from './calendar.ts';
import { ScheduleError } from './ncrontab.ts';

/**
 * Checks the name of a time zone.
 *
 * @returns The name as the time-zone database spells it.
 * @throws ScheduleError that names the nearest one where there is none of this name.
 */
export function parseTimeZone(name: string): string {
  const read = timeZoneText().safeParse(name);
  if (read.success) return read.data;
  throw new ScheduleError(read.error.issues[0]?.message ?? 'a time zone');
}

function inZone(timeZone: string, moment: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone);
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
export function offsetAt(timeZone: string, moment: number): number {
  return inZone(timeZone, moment).offsetNanoseconds / 1_000_000;
}

/** The day a zone's calendars show at a moment. */
export function localDayAt(timeZone: string, moment: Date): Temporal.PlainDate {
  return inZone(timeZone, moment.getTime()).toPlainDate();
}

/**
 * The one moment at which a day's clocks show a time. A time that comes twice (clocks go back) is
 * its first coming; one that never comes (clocks go forward) is as long after the change as it would
 * have been without one, so 02:30 in a missing hour is 03:30. This is Temporal's rule "compatible", and
 * RFC 5545's.
 */
export function momentOfLocalTime(args: {
  timeZone: string;
  day: Temporal.PlainDate;
  time: TimeOfDay;
}): Date {
  const { timeZone, day, time } = args;
  const local = day.toPlainDateTime(Temporal.PlainTime.from(time));
  return new Date(local.toZonedDateTime(timeZone).epochMilliseconds);
}
