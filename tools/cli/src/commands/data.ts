import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  createModelRegistry,
  createOwnDataStore,
  MispricedError,
  tableFormatOf,
  parseModelManifest,
  readOwnData,
  type ObjectStore,
} from '@mispriced/core';
import type { LoadedConfig } from '@mispriced/config';
import { createOutput } from '../output.ts';
import { withStack, withStackOptions, type StackOptions } from '../stack-config.ts';
import type { Registration } from './register.ts';

interface DataOptions extends StackOptions {
  readonly set: string;
  readonly json: boolean;
}

const example = `
Examples:
  mispriced data publish unemployment.csv --set state-unemployment --stack dev
  mispriced data list --set state-unemployment --stack dev`;

/** `mispriced data`: own data sets as dated snapshots. */
export function registerData({ program, dependencies }: Registration): void {
  const data = program
    .command('data')
    .description('Publish and list snapshots of own data sets.')
    .addHelpText('after', example);

  withStackOptions(
    data
      .command('publish <file>')
      .description(
        'Keep a file as a snapshot and use it from the next run on, once it was proven.',
      ),
  )
    .requiredOption('--set <name>', 'the data set, as the features declare it')
    .option('--json', 'print the result as JSON', false)
    .action(async (file: string, options: DataOptions) => {
      const path = resolve(dependencies.workingFolder, file);
      const format = formatOf(file);
      const bytes = await readFile(path).catch((error: unknown) => {
        throw new MispricedError({
          code: 'DATA_MISSING',
          message: `${file} cannot be read.`,
          fix: 'Check the path.',
          cause: error,
        });
      });
      await withStack(options, dependencies, async ({ config, objects }) => {
        const checked = await checkAgainstLiveModel({
          config,
          objects,
          bytes,
          format,
          file,
          options,
        });
        const store = createOwnDataStore({ objects, now: () => new Date() });
        const published = await store.publish({ set: options.set, bytes, format });
        createOutput(dependencies, options.json).result(
          { ...published, checked },
          `published ${published.path}${checked ? '' : ' (unchecked: no model is live that declares it)'}`,
        );
      });
    });

  withStackOptions(
    data.command('list').description('The snapshots of a data set, and the live one.'),
  )
    .requiredOption('--set <name>', 'the data set, as the features declare it')
    .option('--json', 'print the result as JSON', false)
    .action(async (options: DataOptions) => {
      await withStack(options, dependencies, async ({ objects }) => {
        const store = createOwnDataStore({ objects, now: () => new Date() });
        const live = (await store.live(options.set))?.value.path ?? null;
        const snapshots = await store.list(options.set);
        const lines = snapshots.map((path) => `${path === live ? '*' : ' '} ${path}`);
        createOutput(dependencies, options.json).result(
          { set: options.set, live, snapshots },
          lines.length === 0 ? `nothing of ${options.set} was published` : lines.join('\n'),
        );
      });
    });
}

function formatOf(file: string): 'csv' | 'parquet' {
  const format = tableFormatOf(file);
  if (format !== null) return format;
  throw new MispricedError({
    code: 'DATA_INVALID',
    message: `${file} is neither CSV nor Parquet by its name.`,
    fix: 'Give a file that ends with .csv, .csv.gz or .parquet.',
  });
}

/** Proves the file by the declaration of the live model; false where there is none to prove it by. */
async function checkAgainstLiveModel(args: {
  config: LoadedConfig;
  objects: ObjectStore;
  bytes: Uint8Array;
  format: 'csv' | 'parquet';
  file: string;
  options: DataOptions;
}): Promise<boolean> {
  const { config, objects, bytes, format, file, options } = args;
  const registry = createModelRegistry({ objects, now: () => new Date() });
  const { name } = config.values.model;
  const live = await registry.live(name, config.stage);
  if (live === null) return false;
  const { manifestText } = await registry.read(name, live.value.version);
  const { features } = parseModelManifest(JSON.parse(manifestText), name);
  const declaration = features.ownData.find((set) => set.name === options.set);
  if (declaration === undefined) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `The live model ${name} declares no own data set ${options.set}.`,
      fix: `Name one of: ${features.ownData.map((set) => set.name).join(', ')}.`,
    });
  }
  await readOwnData({ bytes, format, where: file, declaration });
  return true;
}
