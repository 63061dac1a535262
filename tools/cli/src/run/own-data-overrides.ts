import { readFile } from 'node:fs/promises';
import type { Override } from '@mispriced/config';
import {
  asMispricedError,
  matchOwnData,
  MispricedError,
  tableFormatOf,
  parseModelManifest,
  type FeatureSet,
  type TableFile,
} from '@mispriced/core';

/** What the files of `--own-data` come to. */
export interface GivenOwnData {
  readonly overrides: readonly Override[];
  /** Why they cannot be used. The run itself fails with it, so that it is recorded as every run is. */
  readonly problem: MispricedError | null;
}

/**
 * The files of `--own-data` as the setting `own_data`: which file is which declared set is found out
 * by its columns.
 *
 * @param manifestText Reads the manifest of the model to be used. Where it cannot be read nothing is
 * set: the run says what is wrong with its model.
 */
export async function ownDataOverrides(
  paths: readonly string[],
  manifestText: () => Promise<string>,
): Promise<GivenOwnData> {
  if (paths.length === 0) return { overrides: [], problem: null };
  const features = await featuresOf(manifestText);
  if (features === null) return { overrides: [], problem: null };
  try {
    const files = await Promise.all(paths.map(readOwnDataFile));
    const matched = await matchOwnData(files, features.ownData);
    const value = matched.map(({ declaration, where, format }) => ({
      name: declaration.name,
      file: where,
      format,
    }));
    return { overrides: [{ key: 'own_data', value, option: '--own-data' }], problem: null };
  } catch (error) {
    return { overrides: [], problem: asMispricedError(error) };
  }
}

async function featuresOf(manifestText: () => Promise<string>): Promise<FeatureSet | null> {
  try {
    return parseModelManifest(JSON.parse(await manifestText()), 'manifest.json').features;
  } catch {
    return null;
  }
}

async function readOwnDataFile(path: string): Promise<TableFile> {
  const format = tableFormatOf(path);
  if (format === null) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `The own data ${path} is neither CSV nor Parquet by its name.`,
      fix: 'Give --own-data a file that ends with .csv, .csv.gz or .parquet.',
    });
  }
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new MispricedError({
      code: 'DATA_MISSING',
      message: `The own data ${path} cannot be read.`,
      fix: 'Check the path given to --own-data.',
      cause: error,
    });
  });
  return { bytes, format, where: path };
}
