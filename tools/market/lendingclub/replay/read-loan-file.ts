import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MispricedError } from '@mispriced/core';
import { parse } from 'csv-parse/sync';
import { requiredColumns, type LoanRow } from './loan-row.ts';

/**
 * Reads a whole loan file, so that the market can replay it.
 *
 * @param path A CSV file with a header, or the same compressed, its name ending in `.gz`.
 * @throws MispricedError `DATA_MISSING` where there is no such file, `DATA_INVALID` where it is not
 * a CSV file with the columns a loan must have.
 */
export async function readLoanFile(path: string): Promise<LoanRow[]> {
  const stored = await readFile(path).catch((cause: unknown) => {
    throw new MispricedError({
      code: 'DATA_MISSING',
      message: `The loan file ${path} cannot be read.`,
      fix: 'Give the path of a loan file (.csv or .csv.gz).',
      cause,
    });
  });
  let header: string[] = [];
  let rows: LoanRow[];
  try {
    const text = path.endsWith('.gz') ? await promisify(gunzip)(stored) : stored;
    const columns = (names: string[]): string[] => (header = names);
    rows = parse<LoanRow>(text, { bom: true, columns, skip_empty_lines: true });
  } catch (cause) {
    throw invalid(path, [cause instanceof Error ? cause.message : String(cause)], cause);
  }
  const missing = requiredColumns.filter((column) => !header.includes(column));
  if (missing.length > 0) throw invalid(path, [`no column ${missing.join(', ')}`]);
  return rows;
}

function invalid(path: string, problems: readonly string[], cause?: unknown): MispricedError {
  return new MispricedError({
    code: 'DATA_INVALID',
    message: [`${path} is not a loan file:`, ...problems.map((text) => `  ${text}`)].join('\n'),
    fix: `Give a CSV file whose header names at least ${requiredColumns.join(', ')}.`,
    cause,
  });
}
