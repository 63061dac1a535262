import type { Parsed, Parser } from './parsers.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

interface Field {
  name: string;
  from: number;
  to: number;
  names?: string[];
}

const fields: Field[] = [
  { name: 'second', from: 0, to: 59 },
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, names: months },
  { name: 'day of the week', from: 0, to: 6, names: weekdays },
];

/**
 * A schedule of six fields (second, minute, hour, day, month, day of the week) as Azure Functions
 * reads it: Sunday is 0 and 7 is nothing, and both of the days must fit. Refused as well: one that
 * never comes, and one that would trade more than once an hour.
 */
export const schedule: Parser<string> = (text) => {
  const parts = text.split(/\s+/);
  if (parts.length !== 6) {
    return { wrong: `"${text}" has ${parts.length} fields; it takes six, seconds first.` };
  }
  const values: Set<number>[] = [];
  for (const [index, field] of fields.entries()) {
    const parsed = parseField(parts[index] ?? '', field);
    if ('wrong' in parsed) return parsed;
    values.push(parsed.value);
  }
  const [seconds, minutes, , days, monthNumbers] = values;
  if (seconds?.size !== 1 || minutes?.size !== 1) {
    return { wrong: `"${text}" comes more than once an hour; give one second and one minute.` };
  }
  const earliestDay = Math.min(...(days ?? []));
  const comes = [...(monthNumbers ?? [])].some((month) => earliestDay <= dayCount(month));
  return comes ? { value: parts.join(' ') } : { wrong: `"${text}" names a day that never comes.` };
};

function parseField(text: string, field: Field): Parsed<Set<number>> {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part);
    const [, first = '', last, step] = match ?? [];
    const from = first === '*' ? field.from : numberOf(first, field);
    const open = first === '*' || (step !== undefined && last === undefined);
    const to = last !== undefined ? numberOf(last, field) : open ? field.to : from;
    const every = step === undefined ? 1 : Number(step);
    const backwards = from > to || (first === '*' && last !== undefined);
    if (match === null || Number.isNaN(from + to) || backwards || every < 1) {
      return { wrong: `"${part}" is no ${field.name} (${field.from} to ${field.to}).` };
    }
    for (let value = from; value <= to; value += every) values.add(value);
  }
  return { value: values };
}

function numberOf(word: string, field: Field): number {
  const named = field.names?.indexOf(word.toLowerCase()) ?? -1;
  const value =
    named >= 0 ? named + field.from : /^\d{1,2}$/.test(word) ? Number(word) : Number.NaN;
  return value >= field.from && value <= field.to ? value : Number.NaN;
}

function dayCount(month: number): number {
  return daysInMonth[month - 1] ?? 0;
}
