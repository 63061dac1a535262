import { ScheduleError } from './schedule-error.ts';

/** One of the six fields of a timer's schedule: what it is called and which values it may hold. */
export interface ScheduleField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Lower-case English names of the values from `least` on; their first three letters do as well. */
  readonly words: readonly string[];
}

const monthWords = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];
const weekdayWords = [
  ...['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
];

/** The fields in the order in which Azure Functions reads them. */
export const scheduleFields = [
  { name: 'seconds', least: 0, most: 59, words: [] },
  { name: 'minutes', least: 0, most: 59, words: [] },
  { name: 'hours', least: 0, most: 23, words: [] },
  { name: 'day of the month', least: 1, most: 31, words: [] },
  { name: 'month', least: 1, most: 12, words: monthWords },
  { name: 'day of the week', least: 0, most: 6, words: weekdayWords },
] as const satisfies readonly ScheduleField[];

function parseValue(text: string, field: ScheduleField): number {
  const word = field.words.findIndex(
    (name) => text.toLowerCase() === name || text.toLowerCase() === name.slice(0, 3),
  );
  if (word >= 0) return field.least + word;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= field.least && value <= field.most) return value;
  const sunday = field.words === weekdayWords && value === 7 ? '; Sunday is 0' : '';
  throw new ScheduleError(
    `a schedule whose ${field.name} holds values from ${field.least} to ${field.most}, ` +
      `and ${JSON.stringify(text)} is none${sunday}`,
  );
}

function parseRange(text: string, field: ScheduleField): { first: number; last: number } {
  if (text === '*') return { first: field.least, last: field.most };
  const dash = text.indexOf('-');
  if (dash < 0) {
    const value = parseValue(text, field);
    return { first: value, last: value };
  }
  const first = parseValue(text.slice(0, dash), field);
  const last = parseValue(text.slice(dash + 1), field);
  if (first > last) {
    throw new ScheduleError(
      `a schedule without a backward range: ${field.name} has ${JSON.stringify(text)}, ` +
        'whose ends Azure would swap',
    );
  }
  return { first, last };
}

function parseStep(text: string, field: ScheduleField): number {
  const step = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (step >= 1) return step;
  throw new ScheduleError(
    `a schedule with steps of 1 or more: ${field.name} has the step ${JSON.stringify(text)}`,
  );
}

/**
 * Reads one field as NCrontab, the parser of Azure Functions, does: `*`, values, names, ranges, steps
 * and lists of these. Stricter in two places where NCrontab guesses: a backward range and an
 * abbreviation other than three letters are refused.
 *
 * @returns The values meant, rising.
 * @throws ScheduleError that says which field and why.
 */
export function parseScheduleField(text: string, field: ScheduleField): readonly number[] {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const slash = part.indexOf('/');
    const rangeText = slash < 0 ? part : part.slice(0, slash);
    const range = parseRange(rangeText, field);
    const step = slash < 0 ? 1 : parseStep(part.slice(slash + 1), field);
    // NCrontab: a single value with a step runs on to the end of the field.
    const last = slash >= 0 && /^\w+$/.test(rangeText) ? field.most : range.last;
    for (let value = range.first; value <= last; value += step) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}
