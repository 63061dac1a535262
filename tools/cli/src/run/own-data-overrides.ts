import { readFile } from 'node:fs/promises';
import type { Override } from '@mispriced/config';
import { matchOwnData, ownDataFormatOf, type FeatureSet, type OwnDataFile } from '@mispriced/core';

/**
 * The files of `--own-data` as the setting `own_data`: which file is which declared set is found out
 * by its columns. Files that do not fit are handed over in the order given: the run then fails on
 * them with the file's name and its problems, and is recorded as every run is.
 */
export async function ownDataOverrides(
  paths: readonly string[],
  features: FeatureSet,
): Promise<readonly Override[]> {
  const value = await matchByColumns(paths, features).catch(() =>
    features.ownData.flatMap(({ name }, index) => {
      const file = paths[index];
      return file === undefined ? [] : [{ name, file, format: ownDataFormatOf(file) ?? 'csv' }];
    }),
  );
  return [{ key: 'own_data', value, option: '--own-data' }];
}

async function matchByColumns(
  paths: readonly string[],
  features: FeatureSet,
): Promise<readonly { name: string; file: string; format: string }[]> {
  const files = await Promise.all(
    paths.map(async (path): Promise<OwnDataFile> => {
      const bytes = await readFile(path);
      return { bytes, format: ownDataFormatOf(path) ?? 'csv', where: path };
    }),
  );
  const matched = await matchOwnData(files, features.ownData);
  return matched.map(({ declaration, where, format }) => ({
    name: declaration.name,
    file: where,
    format,
  }));
}
