import { writeFile } from 'node:fs/promises';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { TypedColumn } from './typed-column.ts';

/** Writes typed columns as a Parquet file, for Python to read: every double as it is. */
export async function writeColumns(path: string, columns: readonly TypedColumn[]): Promise<void> {
  const columnData = columns.map(({ name, type, data }) => ({
    name,
    type,
    data: [...data],
    nullable: true,
  }));
  await writeFile(path, new Uint8Array(parquetWriteBuffer({ columnData })));
}
