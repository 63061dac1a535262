import { gzipSync } from 'node:zlib';
import { asText, each, header, lines, names, one, records, withColumn } from './awkward-loans.ts';
import { changed, loanRows } from './base-rows.ts';
import { refuse, type CorpusCase } from './corpus-case.ts';
import { bytesOf, csv, csvLines, parquet } from './write-rows.ts';

/** Files of loans that nobody can read for certain. */
export const refusedLoanCases: readonly CorpusCase[] = [
  refuse(
    'a comma in an unquoted text',
    bytesOf([header, ...records.map((line) => line.replace('clerk', 'clerk, senior'))]),
    ['line 2: 27 cells where 26 are declared', 'put that in quotes'],
  ),
  refuse('a short line', bytesOf([...lines, '105,2009-12-01,15000']), [
    'line 6: 3 cells where 26 are declared',
    '"105,2009-12-01,15000": a footer, or a line cut in two',
  ]),
  refuse(
    'a footer',
    bytesOf([...lines, '', 'Total amount funded in policy code 1: 12345678']),
    'line 7: 1 cells where 26 are declared',
  ),
  refuse('a comma behind every line', bytesOf([header, ...records.map((line) => `${line},`)]), [
    'line 2: 27 cells',
    'a comma stands behind the last cell',
  ]),
  refuse(
    'a needed column twice',
    bytesOf([`${header},dti`, ...records.map((line) => `${line},1`)]),
    'line 1: the column "dti" stands there 2 times',
  ),
  refuse(
    'a needed column missing',
    csv(loanRows, { header: names.map((name) => (name === 'int_rate' ? 'Int Rate' : name)) }),
    ['line 1: the column "int_rate" is missing', '"Int Rate" may be meant'],
  ),
  refuse('semicolons', csv(loanRows, { delimiter: ';' }), '";" stands between the columns'),
  refuse('tabs', csv(loanRows, { delimiter: '\t' }), '"\\t" stands between the columns'),
  refuse(
    'percent signs',
    one('int_rate', '10.65%'),
    "line 3, int_rate: '10.65%' is not a finite number: a percent sign",
  ),
  refuse(
    'commas between thousands',
    one('annual_inc', '61,100.00'),
    "line 3, annual_inc: '61,100.00' is not a finite number: commas stand between thousands",
  ),
  refuse(
    'decimal commas',
    one('dti', '10,5'),
    "line 3, dti: '10,5' is not a finite number: a comma stands for the decimal point",
  ),
  refuse(
    'the sign of a currency',
    one('loan_amnt', '$5000'),
    "line 3, loan_amnt: '$5000' is not a finite number: it has the sign of a currency",
  ),
  refuse(
    'brackets for a minus',
    one('dti', '(5)'),
    "line 3, dti: '(5)' is not a finite number: brackets",
  ),
  refuse(
    'gaps between thousands',
    one('revol_bal', '10 740'),
    "line 3, revol_bal: '10 740' is not a finite number: gaps",
  ),
  refuse('a length of employment of its own', one('emp_length', '11 years'), [
    'line 3',
    'emp_length: ',
    '11 years',
  ]),
  refuse(
    'NaN as a word',
    one('dti', 'NaN'),
    "line 3, dti: 'NaN' is not a finite number: a word for an empty value",
  ),
  refuse(
    'infinity',
    one('dti', 'inf'),
    "line 3, dti: 'inf' is not a finite number: a division by zero",
  ),
  refuse(
    'a number in hexadecimal',
    one('revol_bal', '0x10'),
    "line 3, revol_bal: '0x10' is not a finite number",
  ),
  refuse(
    'a number larger than any',
    one('revol_bal', '1e999'),
    "line 3, revol_bal: '1e999' is not a finite number: it is larger",
  ),
  refuse(
    'a number with more digits than are kept',
    one('revol_bal', '9007199254740993'),
    "line 3, revol_bal: '9007199254740993' is not a finite number",
  ),
  refuse(
    'NaT as a day',
    one('earliest_cr_line', 'NaT'),
    "line 3, earliest_cr_line: 'NaT' is not a day, yyyy-mm-dd: a word for an empty value",
  ),
  refuse(
    'a month by its name',
    one('issue_d', 'Dec-2009'),
    "line 3, issue_d: 'Dec-2009' is not a day, yyyy-mm-dd: a month by its name",
  ),
  refuse(
    'slashes in a day',
    one('issue_d', '12/01/2009'),
    "line 3, issue_d: '12/01/2009' is not a day, yyyy-mm-dd: day and month",
  ),
  refuse(
    'a day that does not exist',
    one('earliest_cr_line', '1999-02-30'),
    "line 3, earliest_cr_line: '1999-02-30' is not a day, yyyy-mm-dd: the calendar has no such day",
  ),
  refuse(
    'a day without hyphens',
    one('issue_d', '20091201'),
    "line 3, issue_d: '20091201' is not a day, yyyy-mm-dd: hyphens are missing",
  ),
  refuse(
    'a month without a day',
    one('issue_d', '2009-12'),
    "line 3, issue_d: '2009-12' is not a day, yyyy-mm-dd: a month without a day",
  ),
  refuse(
    "a spreadsheet's number of a day",
    one('issue_d', '40148'),
    "line 3, issue_d: '40148' is not a day, yyyy-mm-dd: a spreadsheet's number",
  ),
  refuse('no day of issue', one('issue_d', ''), 'line 3, issue_d: the date is empty'),
  refuse('ids above 2^53', csv(each(['loan_id'], (text) => `1000000000000000${text}`)), [
    "line 2, loan_id: '1000000000000000101' is too long for an id",
    'number the loans anew',
  ]),
  refuse('an id twice', one('loan_id', '101'), ['line 3', 'Loan 101 occurs twice']),
  refuse('the same id in two forms', one('loan_id', '101.0'), ['line 3', 'Loan 101 occurs twice']),
  refuse('no id', one('loan_id', ''), 'line 3'),
  refuse(
    'Windows-1252',
    new Uint8Array(
      Buffer.from(csvLines(changed(loanRows, { emp_title: 'Bücher' })).join('\n'), 'latin1'),
    ),
    'it is not UTF-8 text, first on line 2',
  ),
  refuse(
    'a zip archive',
    Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0),
    'it is a zip archive or an Excel workbook',
  ),
  refuse(
    'gzip that was cut short',
    gzipSync(csv(loanRows)).subarray(0, 120),
    'its gzip is damaged or was cut short',
    'loans.csv.gz',
  ),
  refuse('a quote that is not closed', bytesOf([...lines, '"105,2009-12-01']), 'Quote Not Closed'),
  refuse(
    'a quote in an unquoted text',
    bytesOf([header, ...records.map((line) => line.replace('clerk', 'clerk 5"'))]),
    'cannot be read as CSV',
  ),
  refuse(
    'an empty file',
    new Uint8Array(),
    'line 1: the column "loan_id" is missing; there are none',
  ),
  refuse('a header alone', bytesOf([header]), 'it has no rows'),
  refuse(
    'Parquet under the name of CSV',
    parquet(asText),
    'it is a Parquet file; name it .parquet',
  ),
  refuse(
    'CSV under the name of Parquet',
    csv(loanRows),
    'it cannot be read as Parquet',
    'loans.parquet',
  ),
  refuse(
    'Parquet that was cut short',
    parquet(asText).slice(0, -20),
    'it cannot be read as Parquet',
    'loans.parquet',
  ),
  refuse(
    'Parquet with moments of another zone',
    parquet(withColumn('earliest_cr_line', 'TIMESTAMP', (text) => new Date(`${text}T08:00:00Z`))),
    ['row 1, earliest_cr_line: ', '1999-06-01T08:00:00.000Z'],
    'loans.parquet',
  ),
  refuse(
    'Parquet with ids as doubles above 2^53',
    parquet(withColumn('loan_id', 'DOUBLE', (text) => 1e18 + Number(text) * 1000)),
    ['row 1, loan_id: ', 'is too long for an id'],
    'loans.parquet',
  ),
];
