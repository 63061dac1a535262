import { gunzipSync } from 'node:zlib';

/** A file is not the text that its name promises. */
export class CsvUnreadable extends Error {}

const kinds: readonly (readonly [bytes: readonly number[], what: string])[] = [
  [
    [0x50, 0x4b, 3, 4],
    'it is a zip archive or an Excel workbook; unpack it, or save it as CSV UTF-8',
  ],
  [[0x50, 0x41, 0x52, 0x31], 'it is a Parquet file; name it .parquet'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'it is packed with zstd; unpack it, or pack it with gzip'],
  [[0x42, 0x5a, 0x68], 'it is packed with bzip2; unpack it, or pack it with gzip'],
  [[0xfd, 0x37, 0x7a], 'it is packed with xz; unpack it, or pack it with gzip'],
  [[0xd0, 0xcf, 0x11], 'it is an Excel workbook; save it as CSV UTF-8'],
];

/**
 * The text of a file, gzipped or not whatever its name says: UTF-8, or UTF-16 that a byte-order mark
 * tells of. The mark is no part of it.
 *
 * @throws CsvUnreadable with what the file may be instead, and what to do.
 */
export function decodeText(bytes: Uint8Array): string {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? unpack(bytes) : bytes;
  const kind = kinds.find(([start]) => start.every((byte, index) => plain[index] === byte));
  if (kind !== undefined) throw new CsvUnreadable(kind[1]);
  const mark = `${plain[0]} ${plain[1]}`;
  const encoding = mark === '255 254' ? 'utf-16le' : mark === '254 255' ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(plain);
  } catch (cause) {
    const lenient = new TextDecoder(encoding).decode(plain);
    const line = lenient.slice(0, lenient.indexOf('\ufffd')).split(/\r\n|\n|\r/).length;
    throw new CsvUnreadable(
      `it is not ${encoding.toUpperCase()} text, first on line ${line}: perhaps it is of Windows or of an older Excel; save it as CSV UTF-8`,
      { cause },
    );
  }
}

function unpack(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (cause) {
    throw new CsvUnreadable('its gzip is damaged or was cut short; get the file again', { cause });
  }
}
