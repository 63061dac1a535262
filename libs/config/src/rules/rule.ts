import type { Stage } from '../stage.ts';

/** What a rule finds wrong: the key to blame, the sentence, and the mend where it is not "set it". */
export interface Finding<Key extends string = string> {
  readonly key: Key;
  readonly message: string;
  readonly fix?: string;
}

/** A rule over several keys. It is asked only when each of them is sound by itself. */
export interface Rule {
  readonly keys: readonly string[];
  check(values: ReadonlyMap<string, unknown>, stage: Stage): readonly Finding[];
}

/** Makes what makes rules over values of a type: each sees the keys it names, typed, and no others. */
export function rulesOver<Values extends object>() {
  type Key = keyof Values & string;
  return <const Keys extends readonly Key[]>(
    keys: Keys,
    check: (
      values: Pick<Values, Keys[number]>,
      stage: Stage,
    ) => Finding<Key> | readonly Finding<Key>[] | undefined,
  ): Rule => ({
    keys,
    check: (values, stage) => {
      const picked = Object.fromEntries(keys.map((key) => [key, values.get(key)]));
      // Each value was read by its key's own schema, so that the types hold.
      const found = check(picked as Pick<Values, Keys[number]>, stage);
      return found === undefined ? [] : [found].flat();
    },
  });
}
