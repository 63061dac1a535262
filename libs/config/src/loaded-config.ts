import { inspect } from 'node:util';
import type { ExplainedValue } from './explained-value.ts';
import {
  findKey,
  knownKeys,
  nearestKey,
  type ConfigKey,
  type ConfigValue,
  type ConfigValues,
} from './schema/config-schema.ts';
import { Secret } from './secret.ts';
import type { Stage } from './stage.ts';

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

function masked(value: unknown): unknown {
  if (value instanceof Secret) return String(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, masked(each)]));
}

/**
 * The configuration of a stage, read and checked. `values` is typed and in camel case; `get` looks a
 * value up by its dotted key, as users of python-configuration expect. However it is printed,
 * secrets show as `***`.
 */
export class LoadedConfig {
  readonly stage: Stage;
  readonly values: ConfigValues;
  /** What is worth a look though nothing is wrong, one sentence each. */
  readonly notices: readonly string[];
  readonly #byKey: ReadonlyMap<string, unknown>;
  readonly #explained: readonly ExplainedValue[];

  constructor(args: {
    stage: Stage;
    values: ConfigValues;
    /** The same values by their dotted keys. */
    byKey: ReadonlyMap<string, unknown>;
    explained: readonly ExplainedValue[];
    notices: readonly string[];
  }) {
    this.stage = args.stage;
    this.notices = args.notices;
    this.#byKey = args.byKey;
    this.#explained = args.explained;
    this.values = args.values;
  }

  /**
   * A value by its key, such as `trading_api_key` or `limits.per_order`; entries of maps too
   * (`secrets.vendor_key`). Undefined, or the fallback, where an optional key is not set.
   *
   * @throws MissingKeyError for a key that does not exist.
   */
  get<Key extends ConfigKey>(key: Key): ConfigValue<Key>;
  get(key: `secrets.${string}`): Secret | undefined;
  get(key: string, fallback?: unknown): unknown;
  get(key: string, fallback?: unknown): unknown {
    return this.#find(key) ?? fallback;
  }

  /** Whether a key is set. False for one that does not exist. */
  has(key: string): boolean {
    return findKey(key) !== undefined && this.#find(key) !== undefined;
  }

  /** Every key that is set. */
  keys(): readonly string[] {
    return this.#explained.filter((each) => each.value !== null).map((each) => each.key);
  }

  /** Sections and settings in snake case as files have them, secrets as `***`. */
  toObject(): Record<string, unknown> {
    const tree: Record<string, unknown> = {};
    for (const known of knownKeys.values()) {
      const value = masked(this.#byKey.get(known.key));
      if (value === undefined) continue;
      if (known.section === null) tree[known.name] = value;
      else tree[known.section] = { ...(tree[known.section] ?? {}), [known.name]: value };
    }
    return tree;
  }

  /** Every key, its value and where it came from. */
  explain(): readonly ExplainedValue[] {
    return this.#explained;
  }

  toJSON(): object {
    return { stage: this.stage, ...this.toObject() };
  }

  [inspect.custom](): string {
    return `LoadedConfig ${inspect(this.toJSON(), { depth: 6 })}`;
  }

  #find(key: string): unknown {
    const found = findKey(key);
    if (!found) throw new MissingKeyError(key);
    const value = this.#byKey.get(found.known.key);
    if (found.entry === null) return value;
    return typeof value === 'object' && value !== null && Object.hasOwn(value, found.entry)
      ? Reflect.get(value, found.entry)
      : undefined;
  }
}
