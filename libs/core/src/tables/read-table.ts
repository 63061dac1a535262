import { createDataProblems, type DataProblems } from './data-problems.ts';
import { CsvUnreadable } from './decode-text.ts';
import type { RawTable, TableFile } from './raw-table.ts';
import { csvColumnNames, readCsv } from './read-csv.ts';
import { parquetColumnNames, ParquetUnreadable, readParquet } from './read-parquet.ts';

/**
 * The names of a file's columns.
 *
 * @param what What the file is, for messages: `own data`.
 * @throws MispricedError `DATA_INVALID` when the file is not of its format.
 */
export async function readColumnNames(file: TableFile, what: string): Promise<readonly string[]> {
  return guarded(file, what, async () =>
    file.format === 'csv' ? csvColumnNames(file.bytes) : parquetColumnNames(file.bytes),
  );
}

/**
 * The wanted columns of a file, as they came.
 *
 * @param wanted Columns that are known to be there.
 * @param onProblem Is told of each line with too many or too few cells.
 * @throws MispricedError `DATA_INVALID` when the file is not of its format.
 */
export async function readTable(args: {
  file: TableFile;
  what: string;
  wanted: readonly string[];
  onProblem: DataProblems['add'];
}): Promise<RawTable> {
  const { file, onProblem } = args;
  const columns = [...new Set(args.wanted)];
  return guarded(file, args.what, async () =>
    file.format === 'csv'
      ? readCsv(file.bytes, columns, onProblem)
      : readParquet(file.bytes, columns),
  );
}

async function guarded<Result>(
  file: TableFile,
  what: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof CsvUnreadable || thrown instanceof ParquetUnreadable)) throw thrown;
    const problems = createDataProblems(`${what} ${file.where}`);
    const format = file.format === 'csv' ? 'CSV' : 'Parquet';
    problems.add(`it cannot be read as ${format}: ${thrown.message}`);
    problems.throwIfAny();
    throw thrown;
  }
}
