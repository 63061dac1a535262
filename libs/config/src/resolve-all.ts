import type { MergedEntry } from './layers/merge.ts';
import type { ConfigProblem } from './problem.ts';
import { resolveKey } from './resolve.ts';
import { camelItem } from './schema/camel-case.ts';
import { knownKeys, type KnownKey } from './schema/keys.ts';
import type { Stage } from './stage.ts';

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
