/** What a parser makes of a setting's text: the value, or a sentence of what is wrong. */
export type Parsed<T> = { value: T } | { wrong: string };

/** Reads one setting's text. */
export type Parser<T> = (text: string) => Parsed<T>;

/** One of a few words. */
export function oneOf<const T extends readonly string[]>(choices: T): Parser<T[number]> {
  return (text) =>
    choices.includes(text)
      ? { value: text }
      : { wrong: `"${text}" is none of ${choices.join(', ')}.` };
}

/** A whole number within limits, both of which are allowed. */
export function wholeNumber(limits: { from: number; to: number; unit: string }): Parser<number> {
  const { from, to, unit } = limits;
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= from && value <= to
      ? { value }
      : { wrong: `"${text}" is no whole number of ${unit} from ${from} to ${to}.` };
  };
}

/** `true` or `false`. */
export const yesOrNo: Parser<boolean> = (text) =>
  text === 'true' || text === 'false'
    ? { value: text === 'true' }
    : { wrong: `"${text}" is neither true nor false.` };

/** The object id of a group or a service principal in Entra. */
export const objectId: Parser<string> = (text) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
    ? { value: text.toLowerCase() }
    : { wrong: `"${text}" is no object id; Entra shows one like 8-4-4-4-12 hexadecimal digits.` };

/** The id of an account at a market. */
export const accountId: Parser<string> = (text) =>
  /^[A-Za-z0-9_-]{1,64}$/.test(text)
    ? { value: text }
    : { wrong: `"${text}" is no account's id (letters, digits, hyphens).` };

/** The address of something that is simulated on this machine. */
export const loopbackAddress: Parser<string> = (text) => {
  const url = URL.parse(text);
  const isLoopback = url !== null && /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(url.hostname);
  return isLoopback && /^https?:$/.test(url.protocol)
    ? { value: text }
    : { wrong: 'it is no address on this machine such as http://127.0.0.1:8700.' };
};

/** The address of a market's API: nothing secret in it, and plain http on this machine alone. */
export const marketAddress: Parser<string> = (text) => {
  const url = URL.parse(text);
  const isBare = url !== null && [url.username, url.password, url.search, url.hash].join('') === '';
  const isSafe = url?.protocol === 'https:' || 'value' in loopbackAddress(text);
  return isBare && isSafe
    ? { value: text }
    : { wrong: 'it is no https address without a password, key or query.' };
};

/** A day that exists, as yyyy-mm-dd. */
export const calendarDate: Parser<string> = (text) => {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  const exists =
    parsed !== null &&
    !Number.isNaN(parsed.getTime()) &&
    parsed.toISOString().slice(0, 10) === text;
  return exists ? { value: text } : { wrong: `"${text}" is no day written as yyyy-mm-dd.` };
};

/** A moment in UTC, as yyyy-mm-ddThh:mm:ssZ. */
export const utcMoment: Parser<string> = (text) => {
  const parsed = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text) ? new Date(text) : null;
  const exists =
    parsed !== null &&
    !Number.isNaN(parsed.getTime()) &&
    parsed.toISOString() === text.replace('Z', '.000Z');
  return exists
    ? { value: text }
    : { wrong: `"${text}" is no moment written as yyyy-mm-ddThh:mm:ssZ.` };
};

/** When something ends: with a day, or at a moment of it. */
export const dayOrMoment: Parser<string> = (text) =>
  text.includes('T') ? utcMoment(text) : calendarDate(text);

/** Who answers for an environment: short, and with nothing in it that a tag cannot hold. */
export const owner: Parser<string> = (text) =>
  /^[^<>%&\\?/]{1,128}$/.test(text) && text.trim() === text
    ? { value: text }
    : { wrong: `"${text}" cannot be a tag: 1 to 128 characters, none of < > % & \\ ? /.` };

/** Words separated by commas, each of which another parser accepts; none twice. */
export function list(each: Parser<string>): Parser<string[]> {
  return (text) => {
    const values: string[] = [];
    for (const part of text.split(',').map((word) => word.trim())) {
      const parsed = each(part);
      if ('wrong' in parsed) return parsed;
      if (values.includes(parsed.value)) return { wrong: `"${part}" stands there twice.` };
      values.push(parsed.value);
    }
    return { value: values };
  };
}

/** A name of ours in Key Vault: `key` or `section--key`, with `-` where the configuration has `_`. */
export const secretName: Parser<string> = (text) =>
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*(--[a-z][a-z0-9]*(-[a-z0-9]+)*)*$/.test(text) && text.length <= 127
    ? { value: text }
    : { wrong: `"${text}" is no secret's name such as trading-api-key.` };

/** An address that a budget's notice can be sent to. */
export const email: Parser<string> = (text) =>
  /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/.test(text)
    ? { value: text }
    : { wrong: `"${text}" is no e-mail address.` };
