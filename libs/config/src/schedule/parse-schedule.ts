import { hasMoment, nextMoment, previousMoment } from './calendar.ts';
import { parseNcrontab, type Ncrontab } from './ncrontab.ts';

/** A timer's schedule in UTC, as Azure Functions keeps it. */
export type Schedule = Ncrontab & {
  /** The first moment of the schedule strictly after this one. */
  next(after: Date): Date | null;
  /** The last moment of the schedule at or before this one. */
  previous(atOrBefore: Date): Date | null;
  /** Whether the schedule fires at exactly this moment. */
  includes(moment: Date): boolean;
};

/**
 * Reads a timer's schedule as people may write it.
 *
 * @throws ScheduleError when Azure would refuse it or guess at it, or when it would never fire.
 */
export function parseSchedule(text: string): Schedule {
  const schedule = parseNcrontab(text, { strict: true });
  return {
    ...schedule,
    next: (after) => nextMoment(schedule, after),
    previous: (atOrBefore) => previousMoment(schedule, atOrBefore),
    includes: (moment) => hasMoment(schedule, moment),
  };
}
