import { Cron } from 'croner';
import { ScheduleError } from './schedule-error.ts';
import { parseScheduleField, scheduleFields } from './schedule-field.ts';

/** A timer's schedule in UTC, as Azure Functions keeps it. */
export interface Schedule {
  /** The six fields, one space between them. */
  readonly text: string;
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly daysOfMonth: readonly number[];
  readonly months: readonly number[];
  /** Sunday is 0. */
  readonly daysOfWeek: readonly number[];
  /** The first moment of the schedule strictly after this one. */
  next(after: Date): Date | null;
  /** The last moment of the schedule at or before this one. */
  previous(atOrBefore: Date): Date | null;
  /** Whether the schedule fires at exactly this moment. */
  includes(moment: Date): boolean;
}

const expectedShape =
  'a schedule of six fields (seconds, minutes, hours, day of the month, month, day of the week), ' +
  'such as 3 25 15 * * *';

/** A day in a leap year's cycle of weekdays before which no schedule of ours is asked about. */
const impossibleAfter = new Date('2000-01-01T00:00:00Z');

function splitFields(text: string): readonly [string, string, string, string, string, string] {
  const fields = text.trim().split(/\s+/);
  if (fields.length === 5) {
    throw new ScheduleError(`${expectedShape}; it has five: put the seconds in front`);
  }
  const [seconds, minutes, hours, daysOfMonth, months, daysOfWeek] = fields;
  if (
    fields.length !== 6 ||
    seconds === undefined ||
    minutes === undefined ||
    hours === undefined ||
    daysOfMonth === undefined ||
    months === undefined ||
    daysOfWeek === undefined
  ) {
    throw new ScheduleError(expectedShape);
  }
  return [seconds, minutes, hours, daysOfMonth, months, daysOfWeek];
}

/**
 * Reads a timer's schedule by the rules of Azure Functions (NCrontab with seconds): six fields, the
 * day of the month AND the day of the week must both fit, Sunday is 0 and 7 is none. The values are
 * read by our own parser, since croner accepts more than Azure does; croner then walks the calendar.
 *
 * @throws ScheduleError when Azure would refuse it, or when it would never fire.
 */
export function parseSchedule(text: string): Schedule {
  const fields = splitFields(text);
  const values = scheduleFields.map((field, index) =>
    parseScheduleField(fields[index] ?? '', field),
  );
  const [seconds = [], minutes = [], hours = [], daysOfMonth = [], months = [], daysOfWeek = []] =
    values;
  const pattern = values
    .map((list, index) => {
      const field = scheduleFields[index];
      return field && list.length === field.most - field.least + 1 ? '*' : list.join(',');
    })
    .join(' ');
  const calendar = new Cron(pattern, {
    mode: '6-part',
    domAndDow: true,
    timezone: 'UTC',
    paused: true,
  });
  if (calendar.nextRun(impossibleAfter) === null) {
    throw new ScheduleError('a schedule that fires at all: no year has the days it names');
  }
  return {
    text: fields.join(' '),
    seconds,
    minutes,
    hours,
    daysOfMonth,
    months,
    daysOfWeek,
    next: (after) => calendar.nextRun(after),
    previous: (atOrBefore) =>
      calendar.previousRuns(1, new Date(atOrBefore.getTime() + 1))[0] ?? null,
    includes: (moment) =>
      moment.getTime() % 1000 === 0 &&
      seconds.includes(moment.getUTCSeconds()) &&
      minutes.includes(moment.getUTCMinutes()) &&
      hours.includes(moment.getUTCHours()) &&
      daysOfMonth.includes(moment.getUTCDate()) &&
      months.includes(moment.getUTCMonth() + 1) &&
      daysOfWeek.includes(moment.getUTCDay()),
  };
}
