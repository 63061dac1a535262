import type { ConfigKey, ConfigValue } from '../schema/config-schema.ts';
import type { Stage } from '../stage.ts';

/** What a rule finds wrong: the key to blame, the sentence, and the mend where it is not "set it". */
export interface Finding {
  readonly key: ConfigKey;
  readonly message: string;
  readonly fix?: string;
}

/** A rule over several keys. It is asked only when each of them is sound by itself. */
export interface Rule {
  readonly keys: readonly ConfigKey[];
  check(values: ReadonlyMap<string, unknown>, stage: Stage): readonly Finding[];
}

/** Makes a rule that sees the keys it names, typed, and no others. */
export function rule<const Keys extends readonly ConfigKey[]>(
  keys: Keys,
  check: (
    values: { readonly [Key in Keys[number]]: ConfigValue<Key> },
    stage: Stage,
  ) => Finding | readonly Finding[] | undefined,
): Rule {
  return {
    keys,
    check: (values, stage) => {
      const picked = Object.fromEntries(keys.map((key) => [key, values.get(key)]));
      // Each value was read by its key's own schema, so that the types hold.
      const found = check(picked as { readonly [Key in Keys[number]]: ConfigValue<Key> }, stage);
      return found === undefined ? [] : [found].flat();
    },
  };
}
