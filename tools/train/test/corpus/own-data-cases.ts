import { changed, incomeRows, rateRows } from './base-rows.ts';
import * as cases from './corpus-case.ts';
import { bytesOf, column, csv, csvLines, parquet } from './write-rows.ts';

const rates = csvLines(rateRows);
const income = csvLines(incomeRows);
const [rateHeader = '', ...rateLines] = rates;

const read = (name: string, file: string, bytes: Uint8Array) => cases.read(name, bytes, file);
const refuse = (name: string, file: string, bytes: Uint8Array, ...reasons: string[]) =>
  cases.refuse(name, bytes, reasons, file);

const rateColumns = ['month', 'unemployment_rate', 'state'].map((name) => column(rateRows, name));

/** Files of own data: `rates` by state and month, `income` by zip code. */
export const ownDataCases: readonly cases.CorpusCase[] = [
  read(
    'CRLF in the newest lines alone',
    'rates.csv',
    bytesOf([`${rates.slice(0, 3).join('\n')}\n${rates.slice(3).join('\r\n')}`], '\r\n'),
  ),
  read(
    'CRLF below a header with LF',
    'rates.csv',
    bytesOf([`${rateHeader}\n${rateLines.join('\r\n')}`], '\r\n'),
  ),
  read('CR', 'rates.csv', csv(rateRows, { end: '\r' })),
  read(
    'any day of the month',
    'rates.csv',
    csv(changed(rateRows, { month: (text) => text.replace(/01$/, '28') })),
  ),
  read(
    'padded keys and values',
    'rates.csv',
    csv(
      changed(rateRows, {
        state: (text) => `${text}   `,
        unemployment_rate: (text) => ` ${text} `,
      }),
    ),
  ),
  read('a quoted comma', 'income.csv', csv(changed(incomeRows, { place: 'San Juan, PR' }))),
  read('keys in quotes keep their zeros', 'income.csv', csv(incomeRows, { quoted: true })),
  read(
    'Parquet with an index of pandas',
    'income.parquet',
    parquet([column(incomeRows, 'median_income', 'DOUBLE', Number), column(incomeRows, 'zip3')]),
  ),
  read(
    'Parquet with decimals',
    'income.parquet',
    parquet(
      [
        { name: 'zip3', data: incomeRows.map((row) => row['zip3']) },
        { name: 'median_income', data: incomeRows.map((row) => Number(row['median_income'])) },
      ],
      {
        schema: [
          { name: 'root', num_children: 2 },
          { name: 'zip3', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
          {
            name: 'median_income',
            type: 'INT64',
            converted_type: 'DECIMAL',
            scale: 1,
            precision: 18,
            repetition_type: 'REQUIRED',
          },
        ],
      },
    ),
  ),
  read(
    'Parquet with timestamps',
    'rates.parquet',
    parquet([
      column(rateRows, 'month', 'TIMESTAMP', (text) => new Date(text)),
      ...rateColumns.slice(1),
    ]),
  ),

  refuse(
    'an unquoted comma',
    'income.csv',
    bytesOf([income[0] ?? '', '005,San Juan, PR,42429']),
    'line 2: 4 cells where 3 are declared',
    'put that in quotes',
  ),
  refuse(
    'semicolons',
    'income.csv',
    csv(incomeRows, { delimiter: ';' }),
    'fit no declared set: ";" stands between the columns',
  ),
  refuse(
    'a short line',
    'income.csv',
    bytesOf([...income, '006,59423']),
    'line 4: 2 cells where 3 are declared',
  ),
  refuse(
    'a column twice',
    'income.csv',
    bytesOf(income.map((line, index) => `${line},${index === 0 ? 'median_income' : '1'}`)),
    'the column "median_income" stands there 2 times',
  ),
  refuse(
    'a key twice',
    'income.csv',
    bytesOf([...income, '005,x,1']),
    'line 4: "005" stands already on line 2',
  ),
  refuse(
    'a key and month twice',
    'rates.csv',
    bytesOf([...rates, '2009-10-15,9,WV']),
    'line 6: "WV" stands in 2009-10 already on line 4',
  ),
  refuse(
    'an empty key',
    'rates.csv',
    bytesOf([...rates, '2009-10-15,9,']),
    'line 6, state: the key is empty',
  ),
  refuse(
    'a month that does not exist',
    'rates.csv',
    bytesOf([...rates, '2009-13-01,9,TX']),
    "line 6, month: '2009-13-01' is not a day, yyyy-mm-dd: the calendar has no such day",
  ),
  refuse(
    'a percent sign',
    'rates.csv',
    bytesOf([...rates, '2009-10-01,9%,TX']),
    "line 6, unemployment_rate: '9%' is not a finite number: a percent sign",
  ),
];
