type CamelKey<Key extends string> = Key extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelKey<Tail>>}`
  : Key;

/** A value that is handed on as it is: a `Secret`. */
interface Opaque {
  reveal(): unknown;
}

/** A value read by a schema in snake case, as code uses it: camel case and read-only throughout. */
export type CamelCased<Value> = Value extends Opaque | string | number | boolean | undefined
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly CamelCased<Item>[]
    : {
        readonly [Key in keyof Value as Key extends string ? CamelKey<Key> : Key]: CamelCased<
          Value[Key]
        >;
      };

/** `late_after_seconds` to `lateAfterSeconds`. */
export function camelKey(key: string): string {
  return key.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Renames the fields of the items of a list. Names that users chose (maps) are never passed here. */
export function camelItem(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return item;
  return Object.freeze(
    Object.fromEntries(Object.entries(item).map(([key, value]) => [camelKey(key), value])),
  );
}
