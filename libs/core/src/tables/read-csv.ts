import { CsvError, parse } from 'csv-parse/sync';
import type { DataProblems } from './data-problems.ts';
import { CsvUnreadable, decodeText } from './decode-text.ts';
import type { RawTable } from './raw-table.ts';
import { withoutPadding } from './text-cell.ts';

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * The names in a CSV file's first line, without blanks around them.
 *
 * @throws CsvUnreadable
 */
export function csvColumnNames(bytes: Uint8Array): readonly string[] {
  const [header] = parseRecords(decodeText(bytes), { to: 1 });
  return (header?.record ?? []).map((name) => name.trim());
}

/**
 * Reads a CSV file: commas, a header line, UTF-8 with or without a byte-order mark, gzipped or not,
 * lines that end in any way, and not all in the same. Lines without a value are left out.
 *
 * @param wanted Columns that are known to be there.
 * @param onProblem Is told of each record with too many or too few cells.
 * @throws CsvUnreadable
 */
export function readCsv(
  bytes: Uint8Array,
  wanted: readonly string[],
  onProblem: DataProblems['add'],
): RawTable {
  const [header, ...records] = parseRecords(decodeText(bytes));
  const names = (header?.record ?? []).map((name) => name.trim());
  const lines: number[] = [];
  const cells = wanted.map((): (string | null)[] => []);
  const positions = wanted.map((name) => names.indexOf(name));
  for (const { record, info } of records) {
    if (record.length !== names.length) {
      onProblem(`line ${info.lines}: ${whyOfAnotherLength(record, names.length)}`, 'lines');
      continue;
    }
    lines.push(info.lines);
    positions.forEach((position, column) => {
      cells[column]?.push(withoutPadding(record[position] ?? ''));
    });
  }
  return {
    rowCount: lines.length,
    columns: new Map(wanted.map((name, column) => [name, cells[column] ?? []])),
    place: (row) => `line ${lines[row] ?? '?'}`,
  };
}

function whyOfAnotherLength(record: readonly string[], declared: number): string {
  const said = `${record.length} cells where ${declared} are declared`;
  const begin = JSON.stringify(record.join(',').slice(0, 40));
  if (record.length < declared) {
    return `${said}, ${begin}: a footer, or a line cut in two; take it away, or put texts in quotes`;
  }
  const isTrailing = record.length === declared + 1 && record.at(-1)?.trim() === '';
  return isTrailing
    ? `${said}, ${begin}: a comma stands behind the last cell; take it away, or name its column`
    : `${said}, ${begin}: a comma stands in a text or number; put that in quotes`;
}

function parseRecords(text: string, options: { to?: number } = {}): readonly CsvRecord[] {
  try {
    return parse(text, {
      ...options,
      info: true,
      // Named, since the library would look for the first end only and keep the others' bytes.
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
    }) as unknown as readonly CsvRecord[];
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    throw new CsvUnreadable(`${thrown.message}; write a quote in a quoted text twice`, {
      cause: thrown,
    });
  }
}
