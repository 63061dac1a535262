import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { OwnDataDeclaration } from '../domain/feature-set.ts';
import { monthNumber } from '../domain/calendar-date.ts';
import { readOwnData } from './read-own-data.ts';
import { csvFile, monthlyByState, staticByZip } from './test/declarations.ts';

const header = 'month,state,unemployment_rate';
const read = (declaration: OwnDataDeclaration, ...lines: string[]) =>
  readOwnData({ ...csvFile('own.csv', ...lines), declaration });

async function problemsOf(declaration: OwnDataDeclaration, ...lines: string[]): Promise<string[]> {
  const thrown: unknown = await read(declaration, ...lines).then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toMatchObject({ code: 'DATA_INVALID' });
  return thrown instanceof Error
    ? thrown.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim())
    : [];
}

describe('readOwnData, CSV', () => {
  it('indexes rows by key, oldest first, whatever their order and whatever other columns there are', async () => {
    const set = await read(
      monthlyByState,
      'note,month,state,unemployment_rate',
      'x,2010-03-01,CA,12.1',
      '"a, quoted\ncell",2010-01-31,CA,12.5',
      ',2010-01-01,NV,13.5',
    );
    expect(set).toMatchObject({ where: 'own.csv', rowCount: 3 });
    expect([...set.rowsByKey.keys()]).toEqual(['CA', 'NV']);
    expect(set.rowsByKey.get('CA')).toEqual([
      {
        month: monthNumber('2010-01-01'),
        values: { unemployment_rate: 12.5, unemployment_rate_relative: 12.5 - 13 },
      },
      {
        month: monthNumber('2010-03-01'),
        values: { unemployment_rate: 12.1, unemployment_rate_relative: 0 },
      },
    ]);
  });

  it('leaves an empty cell out of the mean of its month', async () => {
    const set = await read(
      monthlyByState,
      header,
      '2010-01-01,CA,10',
      '2010-01-01,NV,',
      '2010-01-01,TX,20',
    );
    expect(set.rowsByKey.get('NV')?.[0]?.values).toEqual({
      unemployment_rate: null,
      unemployment_rate_relative: null,
    });
    expect(set.rowsByKey.get('CA')?.[0]?.values['unemployment_rate_relative']).toBe(-5);
  });

  it('adds doubles up in the order of the file', async () => {
    const values = [0.1, 0.2, 0.3, 0.7, 1e10, -1e10];
    const lines = values.map((value, i) => `2010-01-01,S${i},${value}`);
    const set = await read(monthlyByState, header, ...lines);
    let total = 0;
    for (const value of values) total += value;
    expect(set.rowsByKey.get('S0')?.[0]?.values['unemployment_rate_relative']).toBe(
      0.1 - total / values.length,
    );
  });

  it('keeps leading zeros of a key and gives a static set no relative values', async () => {
    const set = await read(staticByZip, 'zip3,median_income', '005,100767.5', '006, 17672.0 ');
    expect(set.rowsByKey.get('005')).toEqual([
      { month: null, values: { median_income: 100767.5 } },
    ]);
    expect(set.rowsByKey.get('006')?.[0]?.values['median_income']).toBe(17672);
  });

  it('joins keys of several columns without mixing them up', async () => {
    const declaration: OwnDataDeclaration = {
      ...staticByZip,
      keys: [
        { field: 'a', column: 'a', ownColumn: 'a' },
        { field: 'b', column: 'b', ownColumn: 'b' },
      ],
    };
    const set = await read(declaration, 'a,b,median_income', 'x,yz,1', 'xy,z,2', '"x"",",z,3');
    expect(set.rowsByKey.size).toBe(3);
  });

  it('reads a byte-order mark, carriage returns and gzip', async () => {
    const plain = csvFile('own.csv.gz', `\ufeff${header}\r`, '2010-01-01,CA,12.5\r');
    for (const bytes of [plain.bytes, new Uint8Array(gzipSync(plain.bytes))]) {
      const set = await readOwnData({ ...plain, bytes, declaration: monthlyByState });
      expect(set.rowsByKey.get('CA')?.[0]?.values['unemployment_rate']).toBe(12.5);
    }
  });

  it('names every problem at once, each with its line', async () => {
    expect(
      await problemsOf(
        monthlyByState,
        header,
        '2010-01-01,CA,12.5',
        '2010-01-15,CA,12.6',
        '2010-13-01,NV,13',
        '01/02/2010,NV,13',
        ',NV,13',
        '2010-02-01,NV,n/a',
        '2010-02-01,,13',
        '2010-03-01,TX,0x10',
        '2010-04-01,TX,1e999',
        '2010-05-01,TX,1,2',
      ),
    ).toEqual([
      'line 11: 4 cells where 3 are declared, "2010-05-01,TX,1,2": a comma stands in a text or number; put that in quotes',
      'line 8, state: the key is empty',
      "line 4, month: '2010-13-01' is not a day, yyyy-mm-dd: the calendar has no such day",
      "line 5, month: '01/02/2010' is not a day, yyyy-mm-dd: day and month are in an order of its own; write 2010-01-31",
      'line 6, month: the date is empty',
      "line 7, unemployment_rate: 'n/a' is not a finite number: a word for an empty value; leave the cell empty",
      "line 9, unemployment_rate: '0x10' is not a finite number: a number with something behind it; take that away",
      "line 10, unemployment_rate: '1e999' is not a finite number: it is larger than any number a computer keeps",
      'line 3: "CA" stands in 2010-01 already on line 2',
    ]);
  });

  it('names a key that stands twice in a static set', async () => {
    expect(await problemsOf(staticByZip, 'zip3,median_income', '005,1', '005,1')).toEqual([
      'line 3: "005" stands already on line 2',
    ]);
  });

  it('names missing and repeated columns, and what is there', async () => {
    expect(await problemsOf(monthlyByState, 'state;unemployment_rate', 'CA;1')).toEqual([
      'line 1: there is one column, "state;unemployment_rate": ";" stands between the columns; save the file with commas, and with decimal points',
    ]);
    expect(await problemsOf(monthlyByState, 'state,Month', 'CA,1')).toEqual([
      'line 1: the column "month" is missing: "Month" may be meant; write the name as it is declared; there are state, Month',
      'line 1: the column "unemployment_rate" is missing',
    ]);
    expect(await problemsOf(staticByZip, 'zip3,median_income,zip3', '1,2,3')).toEqual([
      'line 1: the column "zip3" stands there 2 times; keep the one that is meant',
    ]);
    const derived = { ...monthlyByState, columns: ['rate', 'rate_relative'] };
    expect(
      await problemsOf(derived, 'month,state,rate,rate_relative', '2010-01-01,CA,1,2'),
    ).toEqual(['the column "rate_relative" has the name of a derived one']);
  });

  it('refuses a file without rows, with an open quote, or not in UTF-8', async () => {
    expect(await problemsOf(monthlyByState, header)).toEqual(['it has no rows']);
    expect((await problemsOf(monthlyByState, header, '2010-01-01,"CA,1'))[0]).toMatch(
      /cannot be read as CSV: Quote Not Closed/,
    );
    const latin1 = { where: 'own.csv', format: 'csv' as const, bytes: Uint8Array.of(0x61, 0xe9) };
    await expect(readOwnData({ ...latin1, declaration: staticByZip })).rejects.toThrow(
      'it is not UTF-8 text',
    );
  });

  it('shows ten problems of each column of a broken file and counts the rest', async () => {
    const lines = Array.from({ length: 80 }, (_, i) => `2010-01-0${i % 9},S${i},broken`);
    const problems = await problemsOf(monthlyByState, header, ...lines);
    expect(problems).toHaveLength(9 + 10 + 1);
    expect(problems.at(-1)).toBe('and 70 more of unemployment_rate');
  });

  it('hands out values nobody can change', async () => {
    const set = await read(staticByZip, 'zip3,median_income', '005,1');
    expect(Object.isFrozen(set.rowsByKey.get('005')?.[0]?.values)).toBe(true);
  });
});
