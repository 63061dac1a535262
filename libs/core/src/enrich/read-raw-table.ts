import { createDataProblems } from './data-problems.ts';
import type { OwnDataFile, RawTable } from './raw-table.ts';
import { csvColumnNames, CsvUnreadable, readCsv } from './read-csv.ts';
import { parquetColumnNames, ParquetUnreadable, readParquet } from './read-parquet.ts';

/**
 * The names of a file's columns.
 *
 * @throws MispricedError `DATA_INVALID` when the file is not of its format.
 */
export async function readColumnNames(file: OwnDataFile): Promise<readonly string[]> {
  return guarded(file, async () =>
    file.format === 'csv' ? csvColumnNames(file.bytes) : parquetColumnNames(file.bytes),
  );
}

/**
 * The wanted columns of a file, as they came.
 *
 * @throws MispricedError `DATA_INVALID` when the file is not of its format.
 */
export async function readRawTable(
  file: OwnDataFile,
  wanted: readonly string[],
  onProblem: (problem: string) => void,
): Promise<RawTable> {
  const columns = [...new Set(wanted)];
  return guarded(file, async () =>
    file.format === 'csv'
      ? readCsv(file.bytes, columns, onProblem)
      : readParquet(file.bytes, columns),
  );
}

async function guarded<Result>(file: OwnDataFile, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof CsvUnreadable || thrown instanceof ParquetUnreadable)) throw thrown;
    const problems = createDataProblems(file.where);
    const format = file.format === 'csv' ? 'CSV' : 'Parquet';
    problems.add(`it cannot be read as ${format}: ${thrown.message}`);
    problems.throwIfAny();
    throw thrown;
  }
}
