import { parseNcrontab, ScheduleError } from '@mispriced/config/schedule/ncrontab';
import { oneTimeOfDay } from '@mispriced/config/schedule/time-of-day';

/** Why a schedule comes too often for a market where money is at stake, or null. */
export function frequencyProblem(scheduleText: string): string | null {
  const { seconds, minutes } = parseNcrontab(scheduleText, { strict: true });
  if (seconds.length === 1 && minutes.length === 1) return null;
  return `"${scheduleText}" must be a schedule with one second and one minute: only local may trade more than hourly.`;
}

/** Why a schedule cannot be in a time zone, or null. */
export function zoneProblem(scheduleText: string): string | null {
  try {
    oneTimeOfDay(parseNcrontab(scheduleText, { strict: true }));
    return null;
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    return `"${scheduleText}" must be ${error.message}.`;
  }
}
