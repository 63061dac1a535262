import { missingValue, wrongValue } from './value-problems.ts';
import type { MergedEntry } from './layers/merge.ts';
import type { ConfigProblem } from './problem.ts';
import type { KnownKey } from './schema/keys.ts';
import { Secret } from './secret.ts';
import type { Stage } from './stage.ts';
import { unresolvedReference } from './unresolved-reference.ts';

/** A key's value after its check, or what is wrong with it. */
export type Resolved =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** The entries of a key that have a value: one, or as many as its map has. */
function entriesOf(
  known: KnownKey,
  merged: ReadonlyMap<string, MergedEntry>,
): readonly (readonly [string, MergedEntry])[] {
  const isOwn = (key: string): boolean =>
    known.kind === 'map' ? key.startsWith(`${known.key}.`) : key === known.key;
  return [...merged].filter(([key, entry]) => isOwn(key) && entry.value !== null);
}

/**
 * Checks one key's value by its schema; a map is put together from its entries. A reference that Azure
 * did not resolve is told as such, whatever the key may hold.
 */
export function resolveKey(
  known: KnownKey,
  merged: ReadonlyMap<string, MergedEntry>,
  stage: Stage,
): Resolved {
  const entries = entriesOf(known, merged);
  const references = entries.flatMap(([key, { value, source }]) => {
    const text = value instanceof Secret ? value.reveal() : value;
    const problem = typeof text === 'string' ? unresolvedReference(key, text, source) : null;
    return problem ? [problem] : [];
  });
  if (references.length > 0) return { ok: false, problems: references };
  if (entries.length === 0 && known.required) {
    return { ok: false, problems: [missingValue(known, merged.get(known.key), stage)] };
  }
  const raw =
    known.kind === 'map'
      ? Object.fromEntries(
          entries.map(([key, { value }]) => [key.slice(known.key.length + 1), value]),
        )
      : entries[0]?.[1].value;
  const result = known.schema.safeParse(raw);
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, problems: wrongValue(known, result.error.issues, merged) };
}
