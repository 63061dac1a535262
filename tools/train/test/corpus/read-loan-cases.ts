import { gzipSync } from 'node:zlib';
import {
  asText,
  days,
  each,
  header,
  lines,
  names,
  numeric,
  records,
  typed,
  withColumn,
  worded,
} from './awkward-loans.ts';
import { changed, loanRows } from './base-rows.ts';
import { read, type CorpusCase } from './corpus-case.ts';
import { bytesOf, csv, parquet } from './write-rows.ts';

/** Files that hold the same four loans as the plain one. */
export const readLoanCases: readonly CorpusCase[] = [
  read('LF', csv(loanRows)),
  read('CRLF', csv(loanRows, { end: '\r\n' })),
  read('CR', csv(loanRows, { end: '\r' })),
  read('CRLF below a header with LF', bytesOf([`${header}\n${records.join('\r\n')}`], '\r\n')),
  read('LF below a header with CRLF', bytesOf([`${header}\r\n${records.join('\n')}`])),
  read('CRCRLF, as text mode writes it twice', csv(loanRows, { end: '\r\r\n' })),
  read('no end of the last line', new TextEncoder().encode(lines.join('\n'))),
  read('empty lines', bytesOf(['', ...lines.flatMap((line) => [line, '']), '', ''])),
  read(
    'lines of commas alone, as Excel leaves them',
    bytesOf([...lines, ','.repeat(names.length - 1)]),
  ),
  read('a byte-order mark', bytesOf([`\ufeff${header}`, ...records])),
  read(
    'a byte-order mark before a quote',
    csv(loanRows, { quoted: true, header: names, end: '\r\n' }),
  ),
  read('UTF-16 with its mark', Buffer.from(`\ufeff${lines.join('\n')}\n`, 'utf16le')),
  read(
    'UTF-16 with the other mark',
    Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf16le').swap16(),
  ),
  read('every cell in quotes', csv(loanRows, { quoted: true })),
  read('commas in a quoted text', csv(changed(loanRows, { emp_title: 'clerk, senior' }))),
  read('quotes in a quoted text', csv(changed(loanRows, { emp_title: 'so-called "clerk"' }))),
  read('a line break in a quoted text', csv(changed(loanRows, { emp_title: 'clerk\r\nof 5"' }))),
  read('letters of the world', csv(changed(loanRows, { emp_title: 'Bücher 店員 🦉' }))),
  read('texts padded behind', csv(each(worded, (text) => text.padEnd(20)))),
  read('numbers padded on both sides', csv(each(numeric, (text) => `  ${text} `))),
  read('days padded on both sides', csv(each(days, (text) => ` ${text}  `))),
  read(
    'cells of blanks alone',
    csv(changed(loanRows, { last_pymnt_d: '   ' }, (index) => index === 2)),
  ),
  read('blanks around the names', csv(loanRows, { header: names.map((name) => ` ${name} `) })),
  read('"36 months"', csv(each(['term'], (text) => `${text} months`))),
  read('" 36 months"', csv(each(['term'], (text) => ` ${text} months`))),
  read('36.0', csv(each(['term'], (text) => `${text}.0`))),
  read('a plus before numbers', csv(each(['int_rate', 'dti'], (text) => `+${text}`))),
  read('exponents', csv(each(['loan_amnt'], (text) => `${Number(text) / 10_000}E4`))),
  read('no zero before the point', csv(each(['dti'], (text) => text.replace(/^0\./, '.')))),
  read(
    'zeros behind the point',
    csv(each(['int_rate', 'annual_inc'], (text) => Number(text).toFixed(4))),
  ),
  read('zeros before numbers', csv(each(['loan_amnt', 'term'], (text) => `00${text}`))),
  read('ids with a fraction', csv(each(['loan_id'], (text) => `${text}.0`))),
  read('ids with zeros before', csv(each(['loan_id'], (text) => `000${text}`))),
  read(
    'days with a midnight, as pandas writes them',
    csv(each(days, (text) => `${text} 00:00:00`)),
  ),
  read('days of ISO 8601 in UTC', csv(each(days, (text) => `${text}T00:00:00Z`))),
  read(
    'days with an offset count as written',
    csv(each(days, (text) => `${text}T23:30:00.000-08:00`)),
  ),
  read(
    'an unnamed index before, as pandas writes it',
    csv(loanRows.map((row, index) => ({ '': String(index), ...row }))),
  ),
  read('a column twice that nobody needs', bytesOf(lines.map((line) => `${line},x,x`))),
  read(
    'the columns in another order',
    csv(loanRows.map((row) => Object.fromEntries(Object.entries(row).reverse()))),
  ),
  read('gzip', gzipSync(csv(loanRows)), 'loans.csv.gz'),
  read(
    'gzip of two members',
    Buffer.concat([gzipSync(bytesOf([header])), gzipSync(bytesOf(records))]),
    'loans.csv.gz',
  ),
  read('gzip under a plain name', gzipSync(csv(loanRows))),
  read('plain under the name of gzip', csv(loanRows), 'loans.csv.gz'),
  read('Parquet of text', parquet(asText), 'loans.parquet'),
  read('Parquet of doubles, INT64 and timestamps', parquet(typed), 'loans.parquet'),
  read('Parquet with INT32', parquet(withColumn('revol_bal', 'INT32', Number)), 'loans.parquet'),
  read('Parquet with INT64', parquet(withColumn('loan_amnt', 'INT64', BigInt)), 'loans.parquet'),
  read(
    'Parquet with ids as doubles',
    parquet(withColumn('loan_id', 'DOUBLE', Number)),
    'loans.parquet',
  ),
  read(
    'Parquet with a timestamp for the issue',
    parquet(withColumn('issue_d', 'TIMESTAMP', (text) => new Date(text))),
    'loans.parquet',
  ),
  read('Parquet packed with gzip', parquet(typed, { codec: 'GZIP' }), 'loans.parquet'),
  read('Parquet packed with brotli', parquet(typed, { codec: 'BROTLI' }), 'loans.parquet'),
  read('Parquet packed with zstd', parquet(typed, { codec: 'ZSTD' }), 'loans.parquet'),
  read('Parquet not packed', parquet(typed, { codec: 'UNCOMPRESSED' }), 'loans.parquet'),
  read('Parquet in groups of one row', parquet(typed, { rowGroupSize: 1 }), 'loans.parquet'),
  read(
    'Parquet with an index of pandas',
    parquet([...typed, { name: '__index_level_0__', data: [3n, 1n, 2n, 0n], type: 'INT64' }]),
    'loans.parquet',
  ),
];
