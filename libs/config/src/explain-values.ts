import type { ExplainedValue } from './explained-value.ts';
import type { MergedEntry } from './layers/raw-layer.ts';
import type { Source } from './problem.ts';
import { knownKeys } from './schema/config-schema.ts';
import type { KnownKey } from './schema/keys.ts';
import { Secret } from './secret.ts';

function shown(value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string' || value instanceof Secret) return String(value);
  return JSON.stringify(value);
}

function explainKey(
  known: KnownKey,
  value: unknown,
  merged: ReadonlyMap<string, MergedEntry>,
): readonly ExplainedValue[] {
  const secret = known.secret ?? false;
  if (known.kind === 'map' && typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, each]): ExplainedValue => {
      const key = `${known.key}.${name}`;
      const { source = null, overruled = [] } = merged.get(key) ?? {};
      return { key, value: shown(each), secret, source, overruled };
    });
    if (entries.length > 0) return entries;
    return [{ key: known.key, value: null, secret, source: null, overruled: [] }];
  }
  const { source = null, overruled = [] } = merged.get(known.key) ?? {};
  return [{ key: known.key, value: shown(value), secret, source, overruled }];
}

/**
 * Every key with its value and origin, in the order of the schema.
 *
 * @param args.unread Keys the vault holds and that were not read, with their place in it.
 */
export function explainValues(args: {
  values: ReadonlyMap<string, unknown>;
  merged: ReadonlyMap<string, MergedEntry>;
  unread: ReadonlyMap<string, Source>;
}): readonly ExplainedValue[] {
  const { values, merged, unread } = args;
  const explained = [...knownKeys.values()].flatMap((known) =>
    explainKey(known, values.get(known.key), merged),
  );
  const known = explained.map((each) => {
    const source = each.value === null ? unread.get(each.key) : undefined;
    return source ? { ...each, source } : each;
  });
  const rest = [...unread].filter(([key]) => !known.some((each) => each.key === key));
  return [
    ...known,
    ...rest.map(([key, source]) => ({ key, value: null, secret: true, source, overruled: [] })),
  ];
}
