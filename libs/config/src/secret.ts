import { inspect } from 'node:util';

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
