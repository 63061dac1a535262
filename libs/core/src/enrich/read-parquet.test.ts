import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { monthNumber } from '../domain/calendar-date.ts';
import type { OwnDataDeclaration } from '../domain/feature-set.ts';
import { readOwnData } from './read-own-data.ts';
import { monthlyByState, staticByZip } from './test/declarations.ts';

type Codec = 'SNAPPY' | 'UNCOMPRESSED' | 'GZIP' | 'BROTLI' | 'ZSTD';

function read(
  declaration: OwnDataDeclaration,
  columnData: ColumnSource[],
  codec: Codec = 'SNAPPY',
) {
  const buffer = parquetWriteBuffer({
    columnData,
    codec,
    compressors: {
      GZIP: (bytes) => new Uint8Array(gzipSync(bytes)),
      BROTLI: (bytes) => new Uint8Array(brotliCompressSync(bytes)),
      ZSTD: (bytes) => new Uint8Array(zstdCompressSync(bytes)),
    },
  });
  return readOwnData({
    where: 'own.parquet',
    format: 'parquet',
    bytes: new Uint8Array(buffer),
    declaration,
  });
}

const states: ColumnSource = { name: 'state', data: ['CA', 'NV', 'CA'], type: 'STRING' };
const days = ['2010-01-01', '2010-01-01', '2010-02-01'];
const rates: ColumnSource = { name: 'unemployment_rate', data: [12.5, null, 12], type: 'DOUBLE' };

describe('readOwnData, Parquet', () => {
  it.each(['SNAPPY', 'UNCOMPRESSED', 'GZIP', 'BROTLI', 'ZSTD'] as const)(
    'reads what others write, packed with %s',
    async (codec) => {
      const repeated = Array.from(
        { length: 500 },
        (_, i) => `2010-01-${String((i % 28) + 1).padStart(2, '0')}`,
      );
      const set = await read(
        monthlyByState,
        [
          { name: 'extra', data: repeated, type: 'STRING' },
          { name: 'month', data: repeated, type: 'STRING' },
          { name: 'state', data: repeated.map((_, i) => `S${i}`), type: 'STRING' },
          { name: 'unemployment_rate', data: repeated.map((_, i) => i / 7), type: 'DOUBLE' },
        ],
        codec,
      );
      expect(set.rowCount).toBe(500);
      expect(set.rowsByKey.get('S400')?.[0]?.values['unemployment_rate']).toBe(400 / 7);
    },
  );

  it('takes days as text or as dates at midnight, and an absent number as missing', async () => {
    const asDates = days.map((day) => new Date(`${day}T00:00:00Z`));
    for (const month of [
      { name: 'month', data: days, type: 'STRING' },
      { name: 'month', data: asDates, type: 'TIMESTAMP' },
    ] satisfies ColumnSource[]) {
      const set = await read(monthlyByState, [month, states, rates]);
      expect(set.rowsByKey.get('CA')?.map((row) => row.month)).toEqual([
        monthNumber('2010-01-01'),
        monthNumber('2010-02-01'),
      ]);
      expect(set.rowsByKey.get('NV')?.[0]?.values['unemployment_rate']).toBeNull();
    }
  });

  it('takes whole numbers as keys and values', async () => {
    const set = await read(staticByZip, [
      { name: 'zip3', data: [5n, 890n], type: 'INT64' },
      { name: 'median_income', data: [1, 2], type: 'INT32' },
    ]);
    expect([...set.rowsByKey.keys()]).toEqual(['5', '890']);
  });

  it('names the row of every problem', async () => {
    const reading = read(monthlyByState, [
      {
        name: 'month',
        data: [new Date('2010-01-01T00:00:00Z'), new Date('2010-01-31T23:00:00Z'), null],
        type: 'TIMESTAMP',
      },
      { name: 'state', data: ['CA', null, 'CA'], type: 'STRING' },
      { name: 'unemployment_rate', data: ['12.5', 'high', ''], type: 'STRING' },
    ]);
    await expect(reading).rejects.toThrow(
      [
        'The own data own.parquet cannot be used:',
        '  row 2, state: the key is empty',
        '  row 2, month: 2010-01-31T23:00:00.000Z is a moment, not a day: the day hangs on a time zone; write days',
        '  row 3, month: the date is empty',
        "  row 2, unemployment_rate: 'high' is not a finite number: a text; the line may be a footer, or its cells be shifted",
      ].join('\n'),
    );
  });

  it('refuses values that are no numbers, keys that are no texts, and dates that are neither', async () => {
    const reading = read(monthlyByState, [
      { name: 'month', data: [1, 2], type: 'INT32' },
      { name: 'state', data: [true, false], type: 'BOOLEAN' },
      { name: 'unemployment_rate', data: [2n ** 60n, 1n], type: 'INT64' },
    ]);
    await expect(reading).rejects.toThrow(
      /true cannot be a key[^]*1 is not a day[^]*1152921504606846976n is not/,
    );
  });

  it('refuses what is no Parquet file, and one that was cut short', async () => {
    const file = { where: 'own.parquet', format: 'parquet' as const, declaration: staticByZip };
    const whole = new Uint8Array(
      parquetWriteBuffer({ columnData: [{ name: 'zip3', data: ['1'], type: 'STRING' }] }),
    );
    for (const bytes of [new TextEncoder().encode('zip3,median_income\n'), whole.slice(0, -20)]) {
      await expect(readOwnData({ ...file, bytes })).rejects.toMatchObject({
        code: 'DATA_INVALID',
        message: expect.stringContaining('it cannot be read as Parquet') as string,
      });
    }
  });
});
