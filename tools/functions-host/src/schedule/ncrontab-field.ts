import { MispricedError } from '@mispriced/core';

/** What one field of a schedule may hold. */
export interface NcrontabFieldKind {
  readonly label: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Full names in the order of their values; any beginning of one is understood. */
  readonly names: readonly string[];
}

/** The six fields of a schedule, in the order in which they are written. */
export const ncrontabFieldKinds = {
  second: { label: 'second', minimum: 0, maximum: 59, names: [] },
  minute: { label: 'minute', minimum: 0, maximum: 59, names: [] },
  hour: { label: 'hour', minimum: 0, maximum: 23, names: [] },
  dayOfMonth: { label: 'day', minimum: 1, maximum: 31, names: [] },
  month: {
    label: 'month',
    minimum: 1,
    maximum: 12,
    names: [
      ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'],
      ...['September', 'October', 'November', 'December'],
    ],
  },
  dayOfWeek: {
    label: 'day of week',
    minimum: 0,
    maximum: 6,
    names: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  },
} as const satisfies Record<string, NcrontabFieldKind>;

/**
 * The values that a field names, ascending. The grammar is NCrontab's, not Vixie cron's: a range
 * written backwards is turned round, `5/10` runs from 5 to the end, 7 is no day of the week.
 *
 * @throws MispricedError `CONFIG_INVALID` naming the field and what is wrong with it.
 */
export function parseNcrontabField(text: string, kind: NcrontabFieldKind): readonly number[] {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    for (const value of valuesOfPart(part, kind)) values.add(value);
  }
  return [...values].sort((left, right) => left - right);
}

function valuesOfPart(part: string, kind: NcrontabFieldKind): number[] {
  const slash = part.indexOf('/');
  const body = slash > 0 ? part.slice(0, slash) : part;
  const step = slash > 0 ? Math.max(1, parseStep(part.slice(slash + 1), kind)) : null;
  const dash = body.indexOf('-');
  if (body === '*') return stepThrough(kind.minimum, kind.maximum, step ?? 1);
  if (dash > 0) {
    const ends = [parseValue(body.slice(0, dash), kind), parseValue(body.slice(dash + 1), kind)];
    return stepThrough(Math.min(...ends), Math.max(...ends), step ?? 1);
  }
  const value = parseValue(body, kind);
  return step === null ? [value] : stepThrough(value, kind.maximum, step);
}

function stepThrough(first: number, last: number, step: number): number[] {
  const values: number[] = [];
  for (let value = first; value <= last; value += step) values.push(value);
  return values;
}

function parseStep(text: string, kind: NcrontabFieldKind): number {
  if (!/^[+-]?\d{1,9}$/.test(text)) throw invalid(kind, `${JSON.stringify(text)} is no step`);
  return Number(text);
}

function parseValue(text: string, kind: NcrontabFieldKind): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : valueOfName(text, kind);
  if (value === null) throw invalid(kind, `${JSON.stringify(text)} is no value`);
  if (value < kind.minimum || value > kind.maximum) throw invalid(kind, `${value} is out of range`);
  return value;
}

function valueOfName(text: string, kind: NcrontabFieldKind): number | null {
  if (text === '') return null;
  const wanted = text.toLowerCase();
  const index = kind.names.findIndex((name) => name.toLowerCase().startsWith(wanted));
  return index < 0 ? null : index + kind.minimum;
}

function invalid(kind: NcrontabFieldKind, what: string): MispricedError {
  const names = kind.names.length > 0 ? `, or a name such as ${kind.names[1] ?? ''}` : '';
  return new MispricedError({
    code: 'CONFIG_INVALID',
    message: `In the field for the ${kind.label}, ${what}.`,
    fix: `Write values from ${kind.minimum} to ${kind.maximum}${names}; * , - and / combine them.`,
  });
}
