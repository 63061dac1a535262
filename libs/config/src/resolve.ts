import type { MergedEntry } from './layers/raw-layer.ts';
import type { ConfigProblem } from './problem.ts';
import { camelItem } from './schema/camel-case.ts';
import { knownKeys } from './schema/config-schema.ts';
import type { KnownKey } from './schema/keys.ts';
import { Secret } from './secret.ts';
import type { Stage } from './stage.ts';
import { unresolvedReference } from './unresolved-reference.ts';
import { missingValue, wrongValue } from './value-problems.ts';

/** A key's value after its check, or what is wrong with it. */
type Resolved =
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
function resolveKey(
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

/** Every key that is sound with its value (undefined where it is optional and not set). */
export interface AllResolved {
  readonly values: ReadonlyMap<string, unknown>;
  readonly problems: readonly ConfigProblem[];
}

function isUnread(known: KnownKey, unread: ReadonlySet<string>): boolean {
  return [...unread].some((key) => key === known.key || key.startsWith(`${known.key}.`));
}

/**
 * Checks every key by its schema.
 *
 * @param args.unread Keys the vault should have given and did not: they are not missed, their place is
 *   simply not known, and they get no value unless another layer has one.
 */
export function resolveAll(args: {
  merged: ReadonlyMap<string, MergedEntry>;
  stage: Stage;
  unread: ReadonlySet<string>;
}): AllResolved {
  const { merged, stage, unread } = args;
  const values = new Map<string, unknown>();
  const problems: ConfigProblem[] = [];
  for (const known of knownKeys.values()) {
    const given = [...merged].some(
      ([key, entry]) =>
        entry.value !== null && (key === known.key || key.startsWith(`${known.key}.`)),
    );
    if (!given && isUnread(known, unread)) continue;
    const resolved = resolveKey(known, merged, stage);
    if (!resolved.ok) problems.push(...resolved.problems);
    else values.set(known.key, codeForm(known, resolved.value));
  }
  return { values, problems };
}

/** As code has it: the fields of a list's items in camel case, and nothing that can be changed. */
function codeForm(known: KnownKey, value: unknown): unknown {
  if (known.kind === 'list' && Array.isArray(value)) return Object.freeze(value.map(camelItem));
  return known.kind === 'map' ? Object.freeze(value) : value;
}
