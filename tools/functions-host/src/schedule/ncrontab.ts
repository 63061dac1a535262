import { MispricedError } from '@mispriced/core';
import { ncrontabFieldKinds, parseNcrontabField } from './ncrontab-field.ts';

/** A schedule as the values that each of its fields allows, ascending. */
export interface Ncrontab {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly daysOfMonth: readonly number[];
  readonly months: readonly number[];
  readonly daysOfWeek: readonly number[];
}

/** What stands for "never": the last moment that the real host's date type can hold. */
export const endOfTime = new Date('9999-12-31T23:59:59.999Z');

const dayMs = 86_400_000;
/** After 400 years the Gregorian calendar repeats, days of the week included. */
const daysUntilTheCalendarRepeats = 146_097;

/**
 * Reads `{second} {minute} {hour} {day} {month} {day of week}`, or the same without seconds.
 * Source: azure-webjobs-sdk-extensions CronSchedule.cs, NCrontab CrontabSchedule.cs.
 *
 * @throws MispricedError `CONFIG_INVALID` for any other count of fields or a bad field.
 */
export function parseNcrontab(expression: string): Ncrontab {
  const fields = expression.split(' ').filter((field) => field !== '');
  if (fields.length !== 5 && fields.length !== 6) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `The schedule ${JSON.stringify(expression)} has ${fields.length} fields.`,
      fix: 'Write six: second, minute, hour, day, month, day of week, as in "0 30 9 * * 1-5".',
    });
  }
  const [second, minute, hour, day, month, dayOfWeek] =
    fields.length === 6 ? fields : ['0', ...fields];
  return {
    seconds: parseNcrontabField(second ?? '', ncrontabFieldKinds.second),
    minutes: parseNcrontabField(minute ?? '', ncrontabFieldKinds.minute),
    hours: parseNcrontabField(hour ?? '', ncrontabFieldKinds.hour),
    daysOfMonth: parseNcrontabField(day ?? '', ncrontabFieldKinds.dayOfMonth),
    months: parseNcrontabField(month ?? '', ncrontabFieldKinds.month),
    daysOfWeek: parseNcrontabField(dayOfWeek ?? '', ncrontabFieldKinds.dayOfWeek),
  };
}

/**
 * The first moment in UTC after `base`, never `base` itself. The day must satisfy the day of the
 * month AND the day of the week, where Vixie cron would take either; a date that does not exist is
 * passed over. A schedule that never comes gives `endOfTime`.
 */
export function nextOccurrence(schedule: Ncrontab, base: Date): Date {
  const earliestMs = Math.floor(base.getTime() / 1000) * 1000 + 1000;
  const firstDayMs = Math.floor(earliestMs / dayMs) * dayMs;
  if (allowsDay(schedule, firstDayMs)) {
    const secondOfDay = firstSecondOfDay(schedule, (earliestMs - firstDayMs) / 1000);
    if (secondOfDay !== null) return new Date(firstDayMs + secondOfDay * 1000);
  }
  const secondOfDay = firstSecondOfDay(schedule, 0) ?? 0;
  for (let days = 1; days <= daysUntilTheCalendarRepeats; days += 1) {
    const candidateMs = firstDayMs + days * dayMs;
    if (allowsDay(schedule, candidateMs)) return new Date(candidateMs + secondOfDay * 1000);
  }
  return endOfTime;
}

function allowsDay(schedule: Ncrontab, startOfDayMs: number): boolean {
  const day = new Date(startOfDayMs);
  return (
    schedule.months.includes(day.getUTCMonth() + 1) &&
    schedule.daysOfMonth.includes(day.getUTCDate()) &&
    schedule.daysOfWeek.includes(day.getUTCDay())
  );
}

function firstSecondOfDay(schedule: Ncrontab, fromSecond: number): number | null {
  for (const hour of schedule.hours) {
    if (hour * 3600 + 3599 < fromSecond) continue;
    for (const minute of schedule.minutes) {
      const startOfMinute = hour * 3600 + minute * 60;
      if (startOfMinute + 59 < fromSecond) continue;
      const second = schedule.seconds.find((value) => startOfMinute + value >= fromSecond);
      if (second !== undefined) return startOfMinute + second;
    }
  }
  return null;
}
