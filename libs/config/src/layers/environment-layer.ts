import { invalid, type Source } from '../problem.ts';
import { findKey, knownKeys, nearestKey } from '../schema/config-schema.ts';
import { environmentName, type KnownKey } from '../schema/keys.ts';
import { nearest } from '../schema/words.ts';
import { stageVariable, type Stage } from '../stage.ts';
import { RawLayerBuilder, type RawLayer } from './raw-layer.ts';
import { writtenExample, writtenValue } from './yaml-text.ts';

const prefix = 'MISPRICED__';
const variablesOfKeys = new Map(
  [...knownKeys.keys()].map((key): [string, string] => [environmentName(key), key]),
);

/** A variable that looks like a setting whose underscores were not doubled. */
function singleUnderscore(variable: string): string | undefined {
  const plain = variable.replaceAll('__', '_');
  return [...variablesOfKeys.keys()].find((name) => name.replaceAll('__', '_') === plain);
}

/**
 * Reads the settings among the environment's variables: `MISPRICED__SECTION__KEY`. A variable that
 * begins so and is no setting is an error, and so is one with single underscores: a kill switch
 * that is spelled wrongly must not be passed over.
 */
export function readEnvironmentLayer(
  environment: Readonly<Record<string, string | undefined>>,
  stage: Stage,
): RawLayer {
  const builder = new RawLayerBuilder();
  const seen = new Set<string>();
  for (const [variable, text] of Object.entries(environment)) {
    const name = variable.toUpperCase();
    if (text === undefined || !name.startsWith('MISPRICED_')) continue;
    const source: Source = { layer: 'environment', where: variable };
    if (name === stageVariable) {
      if (text !== stage) builder.problem(otherStage(source, text, stage));
    } else if (!name.startsWith(prefix)) {
      const meant = singleUnderscore(name);
      if (meant) builder.problem(misspelled(source, meant));
    } else if (seen.has(name)) {
      builder.problem(
        invalid({
          key: null,
          source,
          message: 'The variable is set twice, in different case.',
          fix: `Keep ${name} alone.`,
        }),
      );
    } else {
      seen.add(name);
      readVariable(builder, { name, text, source });
    }
  }
  return builder.build();
}

function readVariable(
  builder: RawLayerBuilder,
  { name, text, source }: { name: string; text: string; source: Source },
): void {
  const key = name.slice(prefix.length).toLowerCase().replaceAll('__', '.');
  const found = findKey(key);
  // Names of groups may have capitals, which a variable's name does not keep.
  const lostCase = found?.entry !== null && found?.known.key !== 'secrets';
  if (!found || (found.entry !== null && lostCase)) {
    builder.problem(unknownVariable(source, name, found?.known ?? null));
  } else if (text.trim() === '') {
    builder.problem(
      invalid({
        key,
        source,
        message: 'The variable is set and empty.',
        fix: 'Give it a value, or take it away.',
      }),
    );
  } else {
    const value = found.entry === null ? writtenValue(found.known, text) : text;
    if (value === undefined) builder.problem(unreadable(found.known, source));
    else if (found.entry === null) builder.set(found.known, { value, source });
    else builder.setEntry(found.known, found.entry, { value, source });
  }
}

function unreadable(known: KnownKey, source: Source) {
  return invalid({
    key: known.key,
    source,
    message: `It must be written as JSON, such as ${writtenExample(known)}.`,
    fix: 'Correct the variable’s value.',
  });
}

function unknownVariable(source: Source, name: string, map: KnownKey | null) {
  const key = name.slice(prefix.length).toLowerCase().replaceAll('__', '.');
  const meant = nearest(name, variablesOfKeys.keys());
  const elsewhere = nearestKey(key);
  const suggestion = meant ?? (elsewhere ? environmentName(elsewhere) : undefined);
  if (map) {
    return invalid({
      key: map.key,
      source,
      message: 'Its entries cannot be set one by one, since variables lose capitals.',
      fix: `Set ${environmentName(map.key)} to JSON, such as ${writtenExample(map)}.`,
    });
  }
  return invalid({
    key: null,
    source,
    message: `No setting has this name${suggestion ? `; did you mean ${suggestion}?` : '.'}`,
    fix: suggestion
      ? `Rename it to ${suggestion}, or take it away.`
      : 'Take it away; docs/configuration.md lists every setting.',
  });
}

function misspelled(source: Source, meant: string) {
  return invalid({
    key: variablesOfKeys.get(meant) ?? null,
    source,
    message: `It looks like ${meant}, but sections and keys are parted by two underscores.`,
    fix: `Rename it to ${meant}, or take it away.`,
  });
}

function otherStage(source: Source, text: string, stage: Stage) {
  return invalid({
    key: 'stage',
    source,
    message: `The environment is that of stage ${JSON.stringify(text.slice(0, 20))}, but ${stage} was asked for.`,
    fix: `Take away ${stageVariable} and the settings that came with it, or ask for that stage.`,
  });
}
