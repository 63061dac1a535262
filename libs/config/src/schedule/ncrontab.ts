import { z } from 'zod';

/** A schedule or a time zone that cannot be used. Its message completes "… must be". */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}

/** One of the six fields of a schedule: what it is called and which values it may hold. */
export interface NcrontabField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Lower-case English names of the values from `least` on. */
  readonly words: readonly string[];
}

const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The fields, in the order in which they are written. */
export const ncrontabFields = {
  seconds: { name: 'seconds', least: 0, most: 59, words: [] },
  minutes: { name: 'minutes', least: 0, most: 59, words: [] },
  hours: { name: 'hours', least: 0, most: 23, words: [] },
  daysOfMonth: { name: 'day of the month', least: 1, most: 31, words: [] },
  months: { name: 'month', least: 1, most: 12, words: months },
  daysOfWeek: { name: 'day of the week', least: 0, most: 6, words: weekdays },
} as const satisfies Record<string, NcrontabField>;

/** A schedule as the values that each of its fields allows, rising. */
export type Ncrontab = Readonly<Record<keyof typeof ncrontabFields, readonly number[]>> & {
  /** The fields as they were written, one space between them. */
  readonly text: string;
};

/** How a schedule is read. */
export interface NcrontabReading {
  /** Whether to refuse what Azure takes and only a mistake can mean. */
  readonly strict: boolean;
}

const expectedShape =
  'a schedule of six fields (seconds, minutes, hours, day of the month, month, day of the week), ' +
  'such as 3 25 15 * * *';

/** 29 February comes in some years. */
const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads a timer's schedule by the rules of Azure Functions (NCrontab with seconds): the day of the
 * month AND the day of the week must fit, `5/10` runs from 5 to the end, Sunday is 0 and 7 is none.
 * Azure also takes five fields without seconds, any beginning of a name, a range written backwards and
 * a step of 0. The strict reading, for what people write, refuses these and what never comes.
 * Source: azure-webjobs-sdk-extensions CronSchedule.cs; NCrontab CrontabSchedule.cs, CrontabFieldImpl.cs.
 *
 * @throws ScheduleError that says which field is wrong, and why.
 */
export function parseNcrontab(text: string, { strict }: NcrontabReading): Ncrontab {
  const written = strict ? text.trim().split(/\s+/) : text.split(' ').filter((part) => part !== '');
  if (written.length === 5 && strict) {
    throw new ScheduleError(`${expectedShape}; it has five: put the seconds in front`);
  }
  const fields = written.length === 5 ? ['0', ...written] : written;
  if (fields.length !== 6) throw new ScheduleError(expectedShape);
  const read = (name: keyof typeof ncrontabFields, index: number): readonly number[] =>
    parseNcrontabField(fields[index] ?? '', ncrontabFields[name], { strict });
  const schedule: Ncrontab = {
    text: written.join(' '),
    seconds: read('seconds', 0),
    minutes: read('minutes', 1),
    hours: read('hours', 2),
    daysOfMonth: read('daysOfMonth', 3),
    months: read('months', 4),
    daysOfWeek: read('daysOfWeek', 5),
  };
  const lastDay = Math.max(...schedule.months.map((month) => longestMonths[month - 1] ?? 0));
  if (strict && Math.min(...schedule.daysOfMonth) > lastDay) {
    throw new ScheduleError('a schedule that fires at all: no year has the days it names');
  }
  return schedule;
}

/** A schedule's text in the strict reading, as settings are read: a schema. */
export function scheduleText() {
  return z.string({ error: 'a text' }).transform((text, context): string => {
    try {
      return parseNcrontab(text, { strict: true }).text;
    } catch (error) {
      if (!(error instanceof ScheduleError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });
}

/**
 * Reads one field: `*`, values, names, ranges, steps and lists of these.
 *
 * @returns The values meant, rising.
 * @throws ScheduleError that says which field and why.
 */
export function parseNcrontabField(
  text: string,
  field: NcrontabField,
  reading: NcrontabReading,
): readonly number[] {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const slash = part.indexOf('/');
    const body = slash > 0 ? part.slice(0, slash) : part;
    const step = slash > 0 ? parseStep(part.slice(slash + 1), field, reading) : 1;
    const { first, last } = parseRange(body, field, reading);
    const isOneValue = body !== '*' && !body.includes('-');
    const end = slash > 0 && isOneValue ? field.most : last;
    for (let value = first; value <= end; value += step) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function parseRange(
  text: string,
  field: NcrontabField,
  reading: NcrontabReading,
): { first: number; last: number } {
  if (text === '*') return { first: field.least, last: field.most };
  const dash = text.indexOf('-');
  if (dash <= 0) {
    const value = parseValue(text, field, reading);
    return { first: value, last: value };
  }
  const first = parseValue(text.slice(0, dash), field, reading);
  const last = parseValue(text.slice(dash + 1), field, reading);
  if (first <= last) return { first, last };
  if (!reading.strict) return { first: last, last: first };
  throw new ScheduleError(
    `a schedule without a backward range: ${field.name} has ${JSON.stringify(text)}, ` +
      'whose ends Azure would swap',
  );
}

function parseStep(text: string, field: NcrontabField, { strict }: NcrontabReading): number {
  const pattern = strict ? /^\d{1,2}$/ : /^[+-]?\d{1,9}$/;
  const step = pattern.test(text) ? Number(text) : Number.NaN;
  if (step >= 1) return step;
  if (!strict && !Number.isNaN(step)) return 1;
  throw new ScheduleError(
    `a schedule with steps of 1 or more: ${field.name} has the step ${JSON.stringify(text)}`,
  );
}

function parseValue(text: string, field: NcrontabField, { strict }: NcrontabReading): number {
  const name = text.toLowerCase();
  const word = field.words.findIndex((each) =>
    strict ? name === each || name === each.slice(0, 3) : name !== '' && each.startsWith(name),
  );
  if (word >= 0) return field.least + word;
  const pattern = strict ? /^\d{1,2}$/ : /^\d{1,9}$/;
  const value = pattern.test(text) ? Number(text) : Number.NaN;
  if (value >= field.least && value <= field.most) return value;
  const sunday = field.words === weekdays && value === 7 ? '; Sunday is 0' : '';
  throw new ScheduleError(
    `a schedule whose ${field.name} holds values from ${field.least} to ${field.most}, ` +
      `and ${JSON.stringify(text)} is none${sunday}`,
  );
}
