import type { CalendarFields, TimeOfDay } from './calendar.ts';
import { ScheduleError } from './ncrontab.ts';

/**
 * The one time of day of a schedule, as one in a time zone must have.
 *
 * @throws ScheduleError where it has more than one.
 */
export function oneTimeOfDay(schedule: CalendarFields): TimeOfDay {
  const [second, ...moreSeconds] = schedule.seconds;
  const [minute, ...moreMinutes] = schedule.minutes;
  const [hour, ...moreHours] = schedule.hours;
  const more = moreSeconds.length + moreMinutes.length + moreHours.length;
  if (second === undefined || minute === undefined || hour === undefined || more > 0) {
    throw new ScheduleError(
      'a daily schedule (one second, one minute, one hour) where there is a time zone; ' +
        'without schedule.time_zone any schedule may be used, in UTC',
    );
  }
  return { hour, minute, second };
}
