/** A copy without some of its members. */
export function omit<Value extends object, Name extends string>(
  value: Value,
  ...names: readonly Name[]
): Omit<Value, Name> {
  const wanted: readonly string[] = names;
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => !wanted.includes(name)),
  ) as Omit<Value, Name>;
}
