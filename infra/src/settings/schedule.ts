import { createJobSchedule } from '@mispriced/config/schedule/job-schedule';
import { parseSchedule } from '@mispriced/config/schedule/parse-schedule';
import { ScheduleError } from '@mispriced/config/schedule/schedule-error';
import { parseTimeZone } from '@mispriced/config/schedule/time-zone';
import type { Parsed, Parser } from './parsers.ts';

/** When the job trades, by the rules that the app itself reads it by. */
export const schedule: Parser<string> = (text) => checked(text, () => parseSchedule(text).text);

/** Why a schedule comes too often for a market where money is at stake, or null. */
export function frequencyProblem(scheduleText: string): string | null {
  const { seconds, minutes } = parseSchedule(scheduleText);
  if (seconds.length === 1 && minutes.length === 1) return null;
  return `"${scheduleText}" must be a schedule with one second and one minute: only local may trade more than hourly.`;
}

/** A zone of the IANA database, in which only a daily job can be. */
export const timeZone: Parser<string> = (text) => checked(text, () => parseTimeZone(text));

/** Why a schedule cannot be in a time zone, or null. */
export function zoneProblem(scheduleText: string, zone: string): string | null {
  const parsed = checked(scheduleText, () => {
    createJobSchedule({ schedule: scheduleText, timeZone: zone, now: new Date(0) });
    return scheduleText;
  });
  return 'wrong' in parsed ? parsed.wrong : null;
}

function checked(text: string, read: () => string): Parsed<string> {
  try {
    return { value: read() };
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    return { wrong: `"${text}" must be ${error.message}.` };
  }
}
