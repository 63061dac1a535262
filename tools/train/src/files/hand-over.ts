import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadFiles } from './read-files.ts';
import { typeOwnData } from './type-own-data.ts';
import { writeColumns } from './write-columns.ts';

/**
 * Gives Python the users' files as they were read and typed here, in a folder that lives as long as
 * the work on it: `loans.parquet`, `own-<set>.parquet`, `listings.parquet` where there are any, and
 * `files.json`, which says what they came from.
 */
export async function withHandedOver<Result>(
  files: ReadFiles,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'mispriced-files-'));
  try {
    await writeColumns(join(folder, 'loans.parquet'), files.loans.columns);
    if (files.listings !== null) {
      await writeColumns(join(folder, 'listings.parquet'), files.listings.columns);
    }
    for (const { set } of files.ownData) {
      await writeColumns(join(folder, `own-${set.declaration.name}.parquet`), typeOwnData(set));
    }
    const sources = {
      loans: { where: files.loans.where, sha256: files.loans.sha256 },
      ownData: files.ownData.map(({ set, sha256 }) => ({
        name: set.declaration.name,
        where: set.where,
        sha256,
      })),
    };
    await writeFile(join(folder, 'files.json'), JSON.stringify(sources));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
