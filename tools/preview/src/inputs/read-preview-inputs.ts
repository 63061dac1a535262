import { readFile } from 'node:fs/promises';
import { MispricedError, tableFormatOf } from '@mispriced/core';
import { generateInputs } from './generate-inputs.ts';
import type { PreviewInputs } from './preview-inputs.ts';

/**
 * Reads the inputs that were given, or generates what was not. Either all own data is given or none:
 * generated data fits a generated listing alone.
 *
 * @throws MispricedError DATA_MISSING, DATA_INVALID.
 */
export async function previewInputs(given: {
  listing: string | null;
  ownData: Readonly<Record<string, string>>;
}): Promise<PreviewInputs> {
  const sets = Object.entries(given.ownData);
  if ((given.listing === null) !== (sets.length === 0)) {
    throw new MispricedError({
      code: 'DATA_MISSING',
      message: 'A listing of your own needs own data of your own, and the other way round.',
      fix: 'Give both --listing FILE and --own-data SET=FILE, or neither.',
    });
  }
  if (given.listing === null) return generateInputs();
  const ownData = await Promise.all(
    sets.map(async ([set, file]) => {
      const format = tableFormatOf(file);
      if (format === null) throw unreadable(file, 'It ends with none of .csv, .csv.gz, .parquet.');
      return [set, { bytes: await read(file), format }] as const;
    }),
  );
  return { listing: await read(given.listing), ownData: new Map(ownData) };
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw unreadable(file, 'Check the path.', error);
  }
}

function unreadable(file: string, fix: string, cause?: unknown): MispricedError {
  return new MispricedError({
    code: 'DATA_MISSING',
    message: `${file} cannot be read.`,
    fix,
    cause,
  });
}
