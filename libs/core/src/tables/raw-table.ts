/** The wanted columns of a file as they came, before anything is believed of them. */
export interface RawTable {
  readonly rowCount: number;
  /**
   * Cells by column, then by row. An empty cell is null, a text has no blanks behind it, and a Parquet
   * file's numbers, dates and switches are what they are.
   */
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
  /** Where a row stands in its file, for a person: `line 7`. */
  readonly place: (row: number) => string;
}

/** A file of loans or of own data in memory. */
export interface TableFile {
  /** Its name, for messages. */
  readonly where: string;
  readonly format: TableFormat;
  readonly bytes: Uint8Array;
}

export type TableFormat = 'csv' | 'parquet';

/** The format a file's name promises, or null: `.csv`, `.csv.gz` and `.parquet` are known. */
export function tableFormatOf(fileName: string): TableFormat | null {
  if (/\.csv(\.gz)?$/i.test(fileName)) return 'csv';
  return /\.parquet$/i.test(fileName) ? 'parquet' : null;
}
