import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The real files that the tests train on. */
export function realFiles(folder: string): {
  dataPath: string;
  ownDataPaths: readonly [string, string];
} {
  const data = join(folder, 'data');
  return {
    dataPath: join(data, 'lendingclub_2007_2010.csv.gz'),
    ownDataPaths: [
      join(data, 'state_unemployment_monthly_2006_2019.csv'),
      join(data, 'zip3_median_income.csv'),
    ],
  };
}

/**
 * A CSV file's text with some of its rows changed.
 *
 * @param change Gets a row by its columns, and changes what it wants to.
 */
export function changedCsv(
  path: string,
  change: (row: Record<string, string>, index: number) => void,
): string {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  // These files quote nothing, which the tests rely on.
  const [header = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const columns = header.split(',');
  const changed = lines.map((line, index) => {
    const cells = line.split(',');
    const row = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
    change(row, index);
    return columns.map((column) => row[column] ?? '').join(',');
  });
  return [header, ...changed, ''].join('\n');
}
