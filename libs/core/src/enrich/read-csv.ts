import { gunzipSync } from 'node:zlib';
import { CsvError, parse } from 'csv-parse/sync';
import type { RawTable } from './raw-table.ts';

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** A CSV file is not one, or not in UTF-8. */
export class CsvUnreadable extends Error {}

/**
 * The names in a CSV file's first line.
 *
 * @throws CsvUnreadable
 */
export function csvColumnNames(bytes: Uint8Array): readonly string[] {
  return parseRecords(bytes, 1)[0]?.record ?? [];
}

/**
 * Reads a CSV file: commas, a header line, UTF-8 with or without a byte-order mark, gzipped or not.
 * An empty cell is null; every other cell is its text, untouched.
 *
 * @param wanted Columns that are known to be there.
 * @param onProblem Is told of each record with too many or too few cells.
 * @throws CsvUnreadable
 */
export function readCsv(
  bytes: Uint8Array,
  wanted: readonly string[],
  onProblem: (problem: string) => void,
): RawTable {
  const [header, ...records] = parseRecords(bytes);
  const names = header?.record ?? [];
  const lines: number[] = [];
  const cells = wanted.map((): (string | null)[] => []);
  const positions = wanted.map((name) => names.indexOf(name));
  for (const { record, info } of records) {
    if (record.length !== names.length) {
      onProblem(`line ${info.lines}: ${record.length} cells where ${names.length} are declared`);
      continue;
    }
    lines.push(info.lines);
    positions.forEach((position, column) => {
      const cell = record[position] ?? '';
      cells[column]?.push(cell === '' ? null : cell);
    });
  }
  return {
    rowCount: lines.length,
    columns: new Map(wanted.map((name, column) => [name, cells[column] ?? []])),
    place: (row) => `line ${lines[row] ?? '?'}`,
  };
}

function parseRecords(bytes: Uint8Array, records?: number): readonly CsvRecord[] {
  try {
    const isGzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const plain = isGzipped ? gunzipSync(bytes) : bytes;
    const text = new TextDecoder('utf-8', { fatal: true }).decode(plain);
    return parse(text, {
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      ...(records !== undefined && { to: records }),
    }) as unknown as readonly CsvRecord[];
  } catch (thrown) {
    if (thrown instanceof CsvError) throw new CsvUnreadable(thrown.message, { cause: thrown });
    throw new CsvUnreadable('it is not UTF-8 text', { cause: thrown });
  }
}
