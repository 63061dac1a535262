import { readFile } from 'node:fs/promises';
import type { Override } from '@mispriced/config';
import {
  matchOwnData,
  MispricedError,
  ownDataFormatOf,
  type FeatureSet,
  type OwnDataFile,
} from '@mispriced/core';

/**
 * The files of `--own-data` as the setting `own_data`: which file is which declared set is found out
 * by its columns.
 *
 * @throws MispricedError `DATA_MISSING` or `DATA_INVALID`, naming files and columns.
 */
export async function ownDataOverrides(
  paths: readonly string[],
  features: FeatureSet,
): Promise<readonly Override[]> {
  const files = await Promise.all(paths.map(readOwnDataFile));
  const matched = await matchOwnData(files, features.ownData);
  const value = matched.map(({ declaration, where, format }) => ({
    name: declaration.name,
    file: where,
    format,
  }));
  return [{ key: 'own_data', value, option: '--own-data' }];
}

async function readOwnDataFile(path: string): Promise<OwnDataFile> {
  const format = ownDataFormatOf(path);
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
