import { describe, expect, it } from 'vitest';
import { matchOwnData, readAllOwnData } from './match-own-data.ts';
import { tableFormatOf } from '../tables/raw-table.ts';
import { csvFile, monthlyByState, staticByZip } from './test/declarations.ts';

const monthly = csvFile('a.csv', 'state,unemployment_rate,month', 'CA,12.5,2010-01-01');
const income = csvFile('b.csv', 'zip3,median_income', '005,1');
const declarations = [monthlyByState, staticByZip];

describe('matchOwnData', () => {
  it('tells the sets by their columns, in the order declared', async () => {
    const matched = await matchOwnData([income, monthly], declarations);
    expect(matched.map(({ where, declaration }) => [where, declaration.name])).toEqual([
      ['a.csv', 'state-unemployment'],
      ['b.csv', 'zip3-income'],
    ]);
    const sets = await readAllOwnData([income, monthly], declarations);
    expect(sets.map(({ rowCount }) => rowCount)).toEqual([1, 1]);
  });

  it('names every file that fits nothing or too much, every set twice there or missing', async () => {
    const both = csvFile('c.csv', 'month,state,unemployment_rate,zip3,median_income');
    const strange = csvFile('d.csv', 'x,y');
    await expect(
      matchOwnData([both, strange, income, { ...income, where: 'e.csv' }], declarations),
    ).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: [
        'The own data does not fit its declaration:',
        'c.csv has the columns month, state, unemployment_rate, zip3, median_income, which fit several sets: state-unemployment, zip3-income',
        'd.csv has the columns x, y, which fit no declared set',
        'several files are of zip3-income: b.csv, e.csv',
        'no file fits state-unemployment (state, month, unemployment_rate)',
      ].join('\n  '),
    });
  });

  it('says that data is missing where that is all', async () => {
    await expect(matchOwnData([monthly], declarations)).rejects.toMatchObject({
      code: 'DATA_MISSING',
      fix: expect.stringContaining('zip3-income (zip3, median_income)') as string,
    });
    expect(await matchOwnData([], [])).toEqual([]);
  });
});

describe('tableFormatOf', () => {
  it.each([
    ['a.csv', 'csv'],
    ['A.CSV', 'csv'],
    ['a.csv.gz', 'csv'],
    ['a.parquet', 'parquet'],
    ['a.xlsx', null],
    ['csv', null],
  ])('%s: %s', (name, format) => {
    expect(tableFormatOf(name)).toBe(format);
  });
});
