import { camelKey } from './camel-case.ts';
import { knownKeys, type ConfigValues } from './config-schema.ts';

/**
 * Puts the typed object together: the one place where snake case becomes camel case.
 *
 * @param byKey Checked values by key. Sections are there even where none of their keys is.
 */
export function valuesOf(byKey: ReadonlyMap<string, unknown>): ConfigValues {
  const tree: Record<string, Record<string, unknown>> = {};
  const top: Record<string, unknown> = {};
  for (const known of knownKeys.values()) {
    const value = byKey.get(known.key);
    if (known.section === null) {
      if (value !== undefined) top[camelKey(known.name)] = value;
      continue;
    }
    const section = (tree[camelKey(known.section)] ??= {});
    if (value !== undefined) section[camelKey(known.name)] = value;
  }
  for (const section of Object.values(tree)) Object.freeze(section);
  // Every value was read by the schema of its key, and names are changed as the type says.
  return Object.freeze({ ...tree, ...top }) as unknown as ConfigValues;
}
