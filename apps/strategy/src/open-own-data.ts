import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { LoadedConfig } from '@mispriced/config';
import {
  MispricedError,
  readOwnData,
  type FeatureSet,
  type OpenedOwnData,
  type TableFormat,
  type OwnDataStore,
} from '@mispriced/core';

interface OwnDataContent {
  readonly bytes: Uint8Array;
  readonly format: TableFormat;
  readonly where: string;
}

/**
 * Reads every own data set that a model's features declare: from the file that the configuration
 * names for it, else the live snapshot in the store.
 *
 * @throws MispricedError `DATA_MISSING` or `DATA_INVALID`, for the first set that cannot be used.
 */
export async function openOwnData(args: {
  config: LoadedConfig;
  store: OwnDataStore;
  features: FeatureSet;
}): Promise<OpenedOwnData> {
  const opened = await Promise.all(
    args.features.ownData.map(async (declaration) => {
      const content = await readContent(declaration.name, args.config, args.store);
      const set = await readOwnData({ ...content, declaration });
      const sha256 = createHash('sha256').update(content.bytes).digest('hex');
      return { set, source: { name: declaration.name, where: content.where, sha256 } };
    }),
  );
  return {
    sets: opened.map(({ set }) => set),
    sources: opened.map(({ source }) => source),
  };
}

async function readContent(
  name: string,
  config: LoadedConfig,
  store: OwnDataStore,
): Promise<OwnDataContent> {
  const setting = config.values.ownData.find((candidate) => candidate.name === name);
  if (setting?.file === undefined) return store.readLive(name);
  const { file, format } = setting;
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new MispricedError({
      code: 'DATA_MISSING',
      message: `The own data ${name} cannot be read from ${file}.`,
      fix: 'Check the path in own_data, or the one given with --own-data.',
      cause: error,
    });
  });
  return { bytes, format, where: file };
}
