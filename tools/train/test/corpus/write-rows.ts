import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';

export type Row = Readonly<Record<string, string>>;

/** How rows are written as CSV where not plainly. */
export interface CsvForm {
  readonly end?: string;
  readonly delimiter?: string;
  readonly header?: readonly string[];
  readonly quoted?: boolean;
}

/** Rows as the lines of a CSV file, its header first. */
export function csvLines(rows: readonly Row[], form: CsvForm = {}): string[] {
  const names = Object.keys(rows[0] ?? {});
  const needsQuotes = /[",\r\n]/;
  const cell = (text: string): string =>
    form.quoted === true || needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const delimiter = form.delimiter ?? ',';
  return [
    (form.header ?? names).map(cell).join(delimiter),
    ...rows.map((row) => names.map((name) => cell(row[name] ?? '')).join(delimiter)),
  ];
}

/** Rows as a CSV file. */
export function csv(rows: readonly Row[], form: CsvForm = {}): Uint8Array {
  return bytesOf(csvLines(rows, form), form.end ?? '\n');
}

/** Lines as a file, each with its end. */
export function bytesOf(lines: readonly string[], end = '\n'): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => `${line}${end}`).join(''));
}

/** The column of rows as a column of a Parquet file: text, or what a cell is turned into. */
export function column(
  rows: readonly Row[],
  name: string,
  type: ColumnSource['type'] = 'STRING',
  turn: (text: string) => unknown = (text) => text,
): ColumnSource {
  const data = rows.map((row) => (row[name] === '' ? null : turn(row[name] ?? '')));
  return { name, data, type, nullable: true };
}

/** Columns as a Parquet file. */
export function parquet(
  columnData: ColumnSource[],
  options: Partial<Parameters<typeof parquetWriteBuffer>[0]> = {},
): Uint8Array {
  const compressors = {
    GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)),
    BROTLI: (bytes: Uint8Array) => new Uint8Array(brotliCompressSync(bytes)),
    ZSTD: (bytes: Uint8Array) => new Uint8Array(zstdCompressSync(bytes)),
  };
  return new Uint8Array(parquetWriteBuffer({ columnData, compressors, ...options }));
}
