import { isMap, isScalar, type Node, type Pair } from 'yaml';
import { invalid, type ConfigProblem, type LayerName, type Source } from '../problem.ts';
import { knownKeys, nearestKey, sectionNames } from '../schema/config-schema.ts';
import type { KnownKey } from '../schema/keys.ts';
import { RawLayerBuilder, type RawLayer } from './raw-layer.ts';
import { keyText, rawValueOf, readYaml, UnsupportedYaml, type YamlText } from './yaml-text.ts';

interface Reading {
  readonly yaml: YamlText;
  readonly builder: RawLayerBuilder;
  readonly at: (node: Node | null | undefined) => Source;
}

/** A YAML file: its text, or why it has none. */
type FileToRead = {
  readonly layer: LayerName;
  /** The file as people know it, such as `config/prod.yaml`. */
  readonly name: string;
} & ({ readonly text: string } | { readonly problem: ConfigProblem });

/** Reads a YAML file of the configuration. */
export function readFileLayer(file: FileToRead): RawLayer {
  if ('problem' in file) return { entries: new Map(), problems: [file.problem] };
  const { layer, name } = file;
  const yaml = readYaml(file.text);
  const builder = new RawLayerBuilder();
  const at = (node: Node | null | undefined): Source => ({
    layer,
    where: name,
    line: yaml.lineOf(node),
  });
  for (const mistake of yaml.mistakes) {
    const source = { layer, where: name, line: mistake.line };
    builder.problem(
      invalid({ key: null, source, message: mistake.message, fix: 'Correct that line.' }),
    );
  }
  if (yaml.mistakes.length > 0) return builder.build();
  const { contents } = yaml;
  if (isMap(contents)) {
    for (const pair of contents.items) readTopLevel(pair, { yaml, builder, at });
  } else if (!(contents === null || (isScalar(contents) && contents.value === null))) {
    builder.problem(
      invalid({
        key: null,
        source: at(contents),
        message:
          'The file must hold sections and settings, such as `run:` with `mode: paper` in it.',
        fix: 'See docs/configuration.md for how it is written.',
      }),
    );
  }
  return builder.build();
}

function readTopLevel(pair: Pair, reading: Reading): void {
  guarded(pair, reading, () => {
    const name = keyText(pair.key);
    const known = knownKeys.get(name);
    if (known?.section === null) {
      readSetting(known, pair, reading);
    } else if (!sectionNames.includes(name)) {
      unknownKey(name, pair, reading);
    } else if (isMap(pair.value)) {
      for (const inner of pair.value.items) readInSection(name, inner, reading);
    } else if (!(isScalar(pair.value) && pair.value.value === null)) {
      reading.builder.problem(
        invalid({
          key: name,
          source: reading.at(pair.key as Node),
          message: 'It is a section and holds settings on the lines below it, indented.',
          fix: `Write \`${name}:\` alone on its line and the settings under it.`,
        }),
      );
    }
  });
}

function readInSection(section: string, pair: Pair, reading: Reading): void {
  guarded(pair, reading, () => {
    const key = `${section}.${keyText(pair.key)}`;
    const known = knownKeys.get(key);
    if (known) readSetting(known, pair, reading);
    else unknownKey(key, pair, reading);
  });
}

function readSetting(known: KnownKey, pair: Pair, { yaml, builder, at }: Reading): void {
  const lines = new Map<string, number>();
  const value = rawValueOf(pair.value, (path, node) => lines.set(path, yaml.lineOf(node)));
  builder.set(known, { value, source: at(pair.key as Node), lines });
}

function unknownKey(key: string, pair: Pair, { builder, at }: Reading): void {
  const meant = nearestKey(key);
  builder.problem(
    invalid({
      key,
      source: at(pair.key as Node),
      message: `There is no such key${meant ? `; did you mean ${meant}?` : '.'}`,
      fix: meant
        ? `Write ${meant} there, or take the line out.`
        : 'Take it out; docs/configuration.md lists every key.',
    }),
  );
}

function guarded(pair: Pair, { builder, at }: Reading, read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof UnsupportedYaml)) throw error;
    const source = at(error.node ?? (pair.key as Node));
    builder.problem(
      invalid({ key: null, source, message: error.message, fix: 'Write the value out there.' }),
    );
  }
}
