import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { RawTable } from './raw-table.ts';
import { withoutPadding } from './text-cell.ts';

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
    const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet');
    const file = bufferOf(bytes);
    const schema = parquetSchema(await parquetMetadataAsync(file));
    const scales = new Map(
      schema.children.map(({ element }) => [
        element.name,
        element.converted_type === 'DECIMAL' || element.logical_type?.type === 'DECIMAL'
          ? (element.scale ?? 0)
          : null,
      ]),
    );
    const rows = await parquetReadObjects({ file, columns: [...wanted], compressors });
    return {
      rowCount: rows.length,
      columns: new Map(
        wanted.map((name) => [
          name,
          rows.map((row) => cellOf(row[name] ?? null, scales.get(name) ?? null)),
        ]),
      ),
      place: (row) => `row ${row + 1}`,
    };
  });
}

/** A cell as it is kept. The library multiplies decimals out in doubles: 3 at scale 1 comes 0.30000000000000004. */
function cellOf(cell: unknown, decimals: number | null): unknown {
  if (typeof cell === 'string') return withoutPadding(cell);
  if (typeof cell === 'number' && decimals !== null) return Number(cell.toFixed(decimals));
  return cell;
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ParquetUnreadable(
      `${said}; write it again whole, packed with snappy, gzip, brotli, zstd or not at all`,
      { cause: thrown },
    );
  }
}
