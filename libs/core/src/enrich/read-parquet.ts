import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { RawTable } from './raw-table.ts';

/** A Parquet file is not one, or is packed in a way that cannot be read. */
export class ParquetUnreadable extends Error {}

/** Snappy is built into the reader; these come with Node, which saves a dependency. */
const compressors = {
  GZIP: (packed: Uint8Array) => new Uint8Array(gunzipSync(packed)),
  BROTLI: (packed: Uint8Array) => new Uint8Array(brotliDecompressSync(packed)),
  ZSTD: (packed: Uint8Array) => new Uint8Array(zstdDecompressSync(packed)),
};

/**
 * The names of a Parquet file's columns.
 *
 * @throws ParquetUnreadable
 */
export async function parquetColumnNames(bytes: Uint8Array): Promise<readonly string[]> {
  return guarded(async () => {
    const { parquetMetadataAsync, parquetSchema } = await import('hyparquet');
    const metadata = await parquetMetadataAsync(bufferOf(bytes));
    return parquetSchema(metadata).children.map((column) => column.element.name);
  });
}

/**
 * Reads columns of a Parquet file.
 *
 * @param wanted Columns that are known to be there.
 * @throws ParquetUnreadable
 */
export async function readParquet(bytes: Uint8Array, wanted: readonly string[]): Promise<RawTable> {
  return guarded(async () => {
    const { parquetReadObjects } = await import('hyparquet');
    const file = bufferOf(bytes);
    const rows = await parquetReadObjects({ file, columns: [...wanted], compressors });
    return {
      rowCount: rows.length,
      columns: new Map(wanted.map((name) => [name, rows.map((row): unknown => row[name] ?? null)])),
      place: (row) => `row ${row + 1}`,
    };
  });
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    throw new ParquetUnreadable(thrown instanceof Error ? thrown.message : String(thrown), {
      cause: thrown,
    });
  }
}
