/** The wanted columns of a file as they came, before anything is believed of them. */
export interface RawTable {
  readonly rowCount: number;
  /** Cells by column, then by row. */
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
  /** Where a row stands in its file, for a person: `line 7`. */
  readonly place: (row: number) => string;
}

/** A file of own data in memory. */
export interface OwnDataFile {
  /** Its name, for messages. */
  readonly where: string;
  readonly format: OwnDataFormat;
  readonly bytes: Uint8Array;
}

export type OwnDataFormat = 'csv' | 'parquet';

/** The format a file's name promises, or null: `.csv`, `.csv.gz` and `.parquet` are known. */
export function ownDataFormatOf(fileName: string): OwnDataFormat | null {
  if (/\.csv(\.gz)?$/i.test(fileName)) return 'csv';
  return /\.parquet$/i.test(fileName) ? 'parquet' : null;
}
