import { readFile } from 'node:fs/promises';
import {
  checkHeader,
  createDataProblems,
  dayCell,
  MispricedError,
  readColumnNames,
  readTable,
  tableFormatOf,
  textCell,
} from '@mispriced/core';
import { requiredColumns, type LoanFile, type LoanRow } from './loan-row.ts';
import { listingFields } from './listing-fields.ts';

const what = 'loan file';

/**
 * Reads a whole loan file, so that the market can replay it: by the reader that training uses.
 *
 * @param path A CSV file with a header, gzipped or not, or by its name a Parquet file.
 * @throws MispricedError `DATA_MISSING` where there is no such file, `DATA_INVALID` where it has not
 * the columns a loan must have, or a listed column twice, or lines of another length.
 */
export async function readLoanFile(path: string): Promise<LoanFile> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new MispricedError({
      code: 'DATA_MISSING',
      message: `The loan file ${path} cannot be read.`,
      fix: 'Give the path of a loan file (.csv, .csv.gz or .parquet).',
      cause,
    });
  });
  const file = { where: path, format: tableFormatOf(path) ?? 'csv', bytes };
  const problems = createDataProblems(`${what} ${path}`);
  const names = await readColumnNames(file, what);
  const listed = Object.values(listingFields).map((source) => source?.[0]);
  const wanted = [...requiredColumns, ...names.filter((name) => listed.includes(name as never))];
  checkHeader({ names, wanted, problems });
  problems.throwIfAny();
  const columnNames = names.filter((name) => name !== '');
  const table = await readTable({ file, what, wanted: columnNames, onProblem: problems.add });
  if (table.rowCount === 0) problems.add('it has no rows');
  const columns = [...table.columns];
  for (const [name, cells] of columns.filter(([each]) => wanted.includes(each))) {
    cells.forEach((cell, row) => {
      // As text it could no longer be told from a day that somebody wrote with its time.
      const day = cell instanceof Date ? dayCell(cell) : null;
      if (day !== null && 'problem' in day) {
        problems.add(`${table.place(row)}, ${name}: ${day.problem}`, name);
      }
    });
  }
  problems.throwIfAny();
  const rows = Array.from({ length: table.rowCount }, (_, row): LoanRow =>
    Object.fromEntries(columns.map(([name, cells]) => [name, textCell(cells[row]) ?? ''])),
  );
  return { rows, place: (row) => `${path}, ${table.place(row)}` };
}
