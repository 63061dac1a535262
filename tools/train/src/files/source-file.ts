import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { MispricedError, tableFormatOf, type TableFile } from '@mispriced/core';

/** A user's file in memory, with the SHA-256 of its bytes for the manifest. */
export interface SourceFile extends TableFile {
  readonly sha256: string;
}

/**
 * Reads a file of loans or own data whole. What is not Parquet by its name is taken as CSV.
 *
 * @throws MispricedError `DATA_MISSING`.
 */
export async function readSourceFile(path: string): Promise<SourceFile> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new MispricedError({
      code: 'DATA_MISSING',
      message: `There is no file ${path} that can be read.`,
      fix: 'Check the path.',
      cause,
    });
  });
  return {
    where: path,
    format: tableFormatOf(path) ?? 'csv',
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}
