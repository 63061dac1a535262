import type { z } from 'zod';
import { nearest } from './nearest.ts';
import { invalid, type ConfigProblem, type Source } from './problem.ts';
import { environmentName, mayComeFromKeyVault, type KnownKey } from './schema/keys.ts';
import { Secret } from './secret.ts';
import type { MergedEntry } from './layers/merge.ts';
import type { RawValue } from './layers/raw-layer.ts';
import type { Stage } from './stage.ts';
import { unresolvedReference } from './unresolved-reference.ts';

/** A key's value after its check, or what is wrong with it. */
export type Resolved =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

const longestShown = 40;

/** A wrong value as far as it may be repeated: never a secret, nor what a secret hides in. */
function shown(known: KnownKey, value: RawValue): string {
  if (typeof value !== 'string' || known.secret || known.sensitive) return 'It';
  if (value.length > longestShown) return 'Its value';
  return JSON.stringify(value);
}

function entriesOf(known: KnownKey, merged: ReadonlyMap<string, MergedEntry>): MergedEntry[] {
  const prefix = `${known.key}.`;
  return [...merged]
    .filter(([key]) => key.startsWith(prefix))
    .map(([, entry]) => entry)
    .filter((entry) => entry.value !== null);
}

/** The raw value of a key: a map is put together from its entries. */
function gather(known: KnownKey, merged: ReadonlyMap<string, MergedEntry>): unknown {
  if (known.kind !== 'map') return merged.get(known.key)?.value ?? undefined;
  const prefix = `${known.key}.`;
  return Object.fromEntries(
    [...merged]
      .filter(([key, entry]) => key.startsWith(prefix) && entry.value !== null)
      .map(([key, entry]) => [key.slice(prefix.length), entry.value]),
  );
}

function howToMend(source: Source): string {
  if (source.layer === 'key-vault') return 'Write a new version of the secret.';
  if (source.layer === 'environment') return `Correct the variable (app setting) ${source.where}.`;
  if (source.layer === 'command-line') return `Correct what is given to ${source.where}.`;
  return `Correct ${source.where}${source.line === undefined ? '' : ` at line ${source.line}`}.`;
}

function missing(known: KnownKey, taken: MergedEntry | undefined, stage: Stage): ConfigProblem {
  return invalid({
    ...{ key: known.key, source: taken?.source ?? null },
    message: taken
      ? 'It is needed, and set to nothing here.'
      : 'It is needed, and no layer sets it.',
    fix: whereToSet(known, stage),
  });
}

/** Where a value that is missing is best given. */
export function whereToSet(known: KnownKey, stage: Stage): string {
  const variable = environmentName(known.key);
  if (known.secret && mayComeFromKeyVault(known)) {
    return (
      `Give it with \`npx mispriced secrets set ${known.key} --stack ${stage}\`, ` +
      `or on your own machine in config/local.yaml or as ${variable}.`
    );
  }
  if (known.secret) return `Give it as ${variable}, or on your own machine in config/local.yaml.`;
  const file = stage === 'local' ? 'config/local.yaml' : `config/${stage}.yaml`;
  return `Set it in ${file}, or as ${variable}.`;
}

function problemOf(
  known: KnownKey,
  issue: z.core.$ZodIssue,
  merged: ReadonlyMap<string, MergedEntry>,
): ConfigProblem {
  const path = issue.path.map(String);
  const isEntry = known.kind === 'map' && path[0] !== undefined;
  const entry = merged.get(isEntry ? `${known.key}.${path[0] ?? ''}` : known.key);
  const within = isEntry ? `.${path[0] ?? ''}` : path.map(pathPart).join('');
  const line = entry?.lines?.get(path.join('.'));
  const source = entry && (line === undefined ? entry.source : { ...entry.source, line });
  const value = entry?.value ?? null;
  return invalid({
    ...{ key: `${known.key}${within}`, source: source ?? null },
    message:
      issue.code === 'unrecognized_keys'
        ? unknownField(issue)
        : `${shown(known, path.length > 0 && !isEntry ? null : value)} must be ${sentenceEnd(issue.message)}`,
    fix: source ? howToMend(source) : 'See docs/configuration.md.',
  });
}

function sentenceEnd(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}

function pathPart(part: string): string {
  return /^\d+$/.test(part) ? `[${part}]` : `.${part}`;
}

const ownDataFields = ['name', 'format', 'file', 'url', 'url_secret', 'blob'];

function unknownField(issue: z.core.$ZodIssueUnrecognizedKeys): string {
  const [first = ''] = issue.keys;
  const meant = nearest(first, ownDataFields);
  return `There is no field ${issue.keys.join(', ')}${meant ? `; did you mean ${meant}?` : '.'}`;
}

/** Checks one key's value by its schema. */
export function resolveKey(
  known: KnownKey,
  merged: ReadonlyMap<string, MergedEntry>,
  stage: Stage,
): Resolved {
  const own = merged.get(known.key);
  const entries = known.kind === 'map' ? entriesOf(known, merged) : own ? [own] : [];
  const references = entries.flatMap((entry) => {
    const text = entry.value instanceof Secret ? entry.value.reveal() : entry.value;
    const problem =
      typeof text === 'string' ? unresolvedReference(known.key, text, entry.source) : null;
    return problem ? [problem] : [];
  });
  if (references.length > 0) return { ok: false, problems: references };
  const raw = gather(known, merged);
  if (raw === undefined && known.required) {
    return { ok: false, problems: [missing(known, own, stage)] };
  }
  const result = known.schema.safeParse(raw);
  if (result.success) return { ok: true, value: result.data };
  const issues = withoutConsequences(result.error.issues);
  return { ok: false, problems: issues.map((issue) => problemOf(known, issue, merged)) };
}

/** A misspelled field makes its item incomplete as well: the misspelling alone is worth telling. */
function withoutConsequences(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const misspelled = new Set(
    issues
      .filter((issue) => issue.code === 'unrecognized_keys')
      .map((issue) => issue.path.join('.')),
  );
  return issues.filter((issue) => issue.code !== 'custom' || !misspelled.has(issue.path.join('.')));
}
