import { isCalendarDate, momentIn } from '@mispriced/core/domain/calendar-date';
import { guidPattern } from '@mispriced/core/domain/guid';
import { isLoopbackHost } from '@mispriced/core/domain/loopback';
import { z } from 'zod';

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
  return fromText('a day as yyyy-mm-dd', (text) => (isCalendarDate(text) ? text : undefined));
}

/** A moment in UTC, to the second. */
export function momentText() {
  return fromText('a moment in UTC such as 2026-01-05T15:25:03Z', (text) => {
    const isUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.0+)?Z$/.test(text);
    return isUtc ? momentIn(text)?.toISOString() : undefined;
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
  return textLike(guidPattern, `${what}, such as 00000000-1111-2222-3333-444444444444`);
}

/** Names of query parameters that carry a key or a signature. */
const secretParameter =
  /^(sig|signature|code|key|api-?_?key|access-?_?token|token|password|secret|subscription-key)$/i;

function parseSafeUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  if (url?.username !== '' || url.password !== '') return undefined;
  const secure = url.protocol === 'https:' || isLoopbackHost(url.hostname);
  return secure && /^https?:$/.test(url.protocol) && url.hash === '' ? url : undefined;
}

/** The address of a service: https (or http on this machine), without a query and without a password. */
export function serviceUrl() {
  return fromText(
    'an https address without a password, key or query (http only for this machine)',
    (text) => (parseSafeUrl(text)?.search === '' ? text.replace(/\/+$/, '') : undefined),
  );
}

/** The address of a file: a query is allowed, a key or signature in it is not. */
export function downloadUrl() {
  return fromText(
    'an https address without a password, key or signature (with one, put the whole address in a secret and name that in url_secret)',
    (text) => {
      const url = parseSafeUrl(text);
      if (!url) return undefined;
      const names = [...url.searchParams.keys()];
      return names.some((name) => secretParameter.test(name)) ? undefined : text;
    },
  );
}

/** The address of something that is simulated on this machine. */
export function loopbackUrl() {
  return fromText('an address on this machine, such as http://127.0.0.1:8700', (text) => {
    const url = parseSafeUrl(text);
    return url && isLoopbackHost(url.hostname) ? text : undefined;
  });
}

/** The id of an account at a market. */
export function accountIdText() {
  return textLike(/^[A-Za-z0-9_-]{1,64}$/, 'an account’s id (letters, digits, hyphens)');
}

/**
 * The label by which an account is known here, whatever its id at the market. Books on paper stand
 * under `paper-` and the label, so that no label begins so, in any case: folders may not tell cases
 * apart. The journal of key rotations stands beside the books of accounts.
 */
export function accountLabelText() {
  return textLike(
    /^(?!paper-|key-rotation$)[a-z0-9-]{1,40}$/i,
    'a label of at most 40 letters, digits and hyphens that does not begin with paper- and is not key-rotation, such as main',
  );
}

/** A blob in the storage account of the configuration: container, then path. */
export function blobPath() {
  return fromText('a blob as container/path, such as data/listings/2026-01-02.json', (text) =>
    /^[a-z0-9]+(-[a-z0-9]+)*\/[^\p{Cc}\\?#]{1,1000}$/u.test(text) ? text : undefined,
  );
}

/** A container of a storage account, by Azure's rules for the name. */
export function containerName() {
  return fromText(
    'a container name: 3 to 63 lower-case letters, digits and single hyphens',
    (text) =>
      text.length >= 3 && text.length <= 63 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)
        ? text
        : undefined,
  );
}

/** The name of a key vault, by Azure's rules. */
export function vaultNameText() {
  return textLike(
    /^(?=.{3,24}$)[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/,
    'a vault’s name alone (3 to 24 letters, digits and single hyphens); an address goes into key_vault.url',
  );
}
