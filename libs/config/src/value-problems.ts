import type { z } from 'zod';
import { invalid, type ConfigProblem, type Source } from './problem.ts';
import { environmentName, mayComeFromKeyVault, type KnownKey } from './schema/keys.ts';
import { nearest } from './schema/words.ts';
import type { Stage } from './stage.ts';

const longestShown = 40;

/** What the layers say of a key, and where. */
interface Given {
  readonly value: unknown;
  readonly source: Source;
  readonly lines?: ReadonlyMap<string, number>;
}

/** A wrong value as far as it may be repeated: never a secret, nor what a secret hides in. */
function shown(known: KnownKey, value: unknown): string {
  if (typeof value !== 'string' || known.secret || known.sensitive) return 'It';
  if (value.length > longestShown) return 'Its value';
  return JSON.stringify(value);
}

function howToMend(source: Source): string {
  if (source.layer === 'key-vault') return 'Write a new version of the secret.';
  if (source.layer === 'environment') return `Correct the variable (app setting) ${source.where}.`;
  if (source.layer === 'command-line') return `Correct what is given to ${source.where}.`;
  return `Correct ${source.where}${source.line === undefined ? '' : ` at line ${source.line}`}.`;
}

/** A needed key that no layer sets, or that one sets to nothing. */
export function missingValue(
  known: KnownKey,
  taken: Given | undefined,
  stage: Stage,
): ConfigProblem {
  return invalid({
    key: known.key,
    source: taken?.source ?? null,
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

/** What a schema said of a key's value, with the place that the value came from. */
function problemOf(
  known: KnownKey,
  issue: z.core.$ZodIssue,
  merged: ReadonlyMap<string, Given>,
): ConfigProblem {
  const path = issue.path.map(String);
  const isEntry = known.kind === 'map' && path[0] !== undefined;
  const entry = merged.get(isEntry ? `${known.key}.${path[0] ?? ''}` : known.key);
  const within = isEntry ? `.${path[0] ?? ''}` : path.map(pathPart).join('');
  const line = entry?.lines?.get(path.join('.'));
  const source = entry && (line === undefined ? entry.source : { ...entry.source, line });
  const value = entry?.value ?? null;
  return invalid({
    key: `${known.key}${within}`,
    source: source ?? null,
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

/** All that a schema said of a key's value. */
export function wrongValue(
  known: KnownKey,
  issues: readonly z.core.$ZodIssue[],
  merged: ReadonlyMap<string, Given>,
): readonly ConfigProblem[] {
  return withoutConsequences(issues).map((issue) => problemOf(known, issue, merged));
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
