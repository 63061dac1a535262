import { inspect } from 'node:util';
import { z } from 'zod';

const mask = '***';

/**
 * A value that cannot be printed by accident: templates, JSON, `console.log`, `util.inspect`, errors
 * and clones show `***` or nothing. Only `reveal()` gives it out, so that every place that can leak
 * it is found by searching for that word.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself: hand it straight to the client that needs it, and keep it nowhere. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [Symbol.toPrimitive](): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}

const expected = 'a secret text on one line, not empty and without white space around it';

/** A secret. A line end that slipped in with it would end up in a request: better said than sent. */
export function secretValue() {
  return z.instanceof(Secret, { error: expected }).refine(
    (secret) => {
      const value = secret.reveal();
      return value !== '' && value === value.trim() && !/\p{Cc}/u.test(value);
    },
    { error: expected },
  );
}

/** What a layer holds for one key, before it is checked: text, lists and maps of text, or a secret. */
export type RawValue = string | Secret | readonly RawValue[] | RawMap | null;
export interface RawMap {
  readonly [name: string]: RawValue;
}
