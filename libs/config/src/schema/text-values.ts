import { z } from 'zod';
import { nearest } from '../nearest.ts';

/**
 * Every layer hands over text: a file's scalars as they were written, an environment variable, a
 * secret. So numbers, switches and amounts are read here once, the same from everywhere, and money
 * never passes through a binary float. Messages complete "… must be".
 */
export function fromText<Value>(expected: string, parse: (text: string) => Value | undefined) {
  return z.string({ error: expected }).transform((text, context): Value => {
    const value = parse(text.trim());
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
}

/** One of a closed list of words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const last = words.length > 1 ? ` or ${words.at(-1) ?? ''}` : '';
  const expected = `${words.slice(0, Math.max(1, words.length - 1)).join(', ')}${last}`;
  return z.string({ error: expected }).transform((text, context): Words[number] => {
    const found = words.find((word) => word === text.trim());
    if (found !== undefined) return found;
    const meant = nearest(text, words);
    const message = meant ? `${expected}; did you mean ${meant}?` : expected;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

/** `true` or `false`, in any case, and nothing that merely looks like it. */
export function switchText() {
  const words = new Map([
    ['true', true],
    ['false', false],
  ]);
  return fromText('true or false', (text) => words.get(text.toLowerCase()));
}

/** A number between two bounds, both allowed. */
export function numberText(bounds: { least: number; most: number; whole?: true; unit?: string }) {
  const { least, most, whole, unit } = bounds;
  const kind = whole ? 'a whole number' : 'a number';
  const expected = `${kind} from ${least} to ${most}${unit === undefined ? '' : ` (${unit})`}`;
  return fromText(expected, (text) => {
    const shape = whole ? /^-?\d{1,15}$/ : /^-?\d+(\.\d+)?([eE][-+]?\d{1,3})?$/;
    const value = shape.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  });
}

/** Dollars as exact text with two decimals, not negative. */
export function moneyText(least: 'zero' | 'a cent' = 'zero') {
  const more = least === 'zero' ? '' : ' above zero';
  const expected = `an amount in dollars${more} with at most two decimals, such as 25.00`;
  return fromText(expected, (text) => {
    const [, dollars, cents = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
    if (dollars === undefined) return undefined;
    const amount = `${dollars.replace(/^0+(?=\d)/, '')}.${cents.padEnd(2, '0')}`;
    return least === 'a cent' && amount === '0.00' ? undefined : amount;
  });
}

/** A share from 0 to 1 as exact text: 0.1 is a tenth and nothing else. */
export function shareText() {
  return fromText('a share from 0 to 1 in plain decimals, such as 0.25', (text) =>
    /^(0(\.\d{1,9})?|1(\.0{1,9})?)$/.test(text) ? text : undefined,
  );
}

/** A day of the calendar, `yyyy-mm-dd`. */
export function dateText() {
  return fromText('a day as yyyy-mm-dd', (text) => {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
    if (Number.isNaN(time)) return undefined;
    return new Date(time).toISOString().slice(0, 10) === text ? text : undefined;
  });
}

/** A moment in UTC, to the second. */
export function momentText() {
  return fromText('a moment in UTC such as 2026-01-05T15:25:03Z', (text) => {
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.0+)?Z$/.test(text)
      ? Date.parse(text)
      : Number.NaN;
    return Number.isNaN(time) ? undefined : new Date(time).toISOString();
  });
}

/** Text of a fixed form. */
export function textLike(pattern: RegExp, expected: string) {
  return fromText(expected, (text) => (pattern.test(text) ? text : undefined));
}

/** A name as files, blobs and run ids can carry it. */
export function nameText(example: string) {
  return textLike(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    `a name of lower-case letters, digits and single hyphens, such as ${example}`,
  );
}

/** A file or folder: any text on one line. */
export function pathText() {
  return textLike(/^[^\p{Cc}]{1,1024}$/u, 'the path of a file or folder');
}

/** The id that Azure gives an application or a tenant. */
export function guidText(what: string) {
  return textLike(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    `${what}, such as 00000000-1111-2222-3333-444444444444`,
  );
}
