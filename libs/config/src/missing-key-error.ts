import { nearestKey } from './schema/keys.ts';

/** A key was looked up that no configuration has: a slip in the code that asks. */
export class MissingKeyError extends Error {
  override readonly name = 'MissingKeyError';
  readonly code = 'CONFIG_INVALID';
  readonly fix: string;

  constructor(key: string) {
    const meant = nearestKey(key);
    const suggestion = meant ? ` Did you mean ${meant}?` : '';
    super(`There is no configuration key ${JSON.stringify(key)}.${suggestion}`);
    this.fix = meant
      ? `Ask for ${meant}.`
      : 'Ask for a key of docs/configuration.md; the strategy’s own secrets are under `secrets`.';
  }
}
