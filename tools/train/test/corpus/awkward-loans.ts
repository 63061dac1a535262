import { changed, loanRows } from './base-rows.ts';
import { column, csv, csvLines, type Row } from './write-rows.ts';

export const lines = csvLines(loanRows);
export const [header = '', ...records] = lines;
export const names = Object.keys(loanRows[0] ?? {});
export const numeric = [
  'loan_amnt',
  'term',
  'int_rate',
  'installment',
  'annual_inc',
  'dti',
  'delinq_2yrs',
]
  .concat(['inq_last_6mths', 'mths_since_last_delinq', 'open_acc', 'pub_rec', 'revol_bal'])
  .concat(['revol_util', 'total_acc', 'default']);
export const worded = [
  'emp_length',
  'home_ownership',
  'verification_status',
  'purpose',
  'addr_state',
];
export const days = ['issue_d', 'earliest_cr_line', 'last_pymnt_d'];

/** Cells of some columns changed in every row; an empty cell stays empty. */
export const each = (
  columns: readonly string[],
  change: (text: string) => string,
): readonly Row[] =>
  changed(
    loanRows,
    Object.fromEntries(
      columns.map((name) => [name, (text: string) => (text === '' ? '' : change(text))]),
    ),
  );
/** One cell of the second loan, which stands on line 3. */
export const one = (name: string, text: string): Uint8Array =>
  csv(changed(loanRows, { [name]: text }, (index) => index === 1));

export const asText = names.map((name) => column(loanRows, name));
export const withColumn = (
  name: string,
  type: 'INT32' | 'INT64' | 'DOUBLE' | 'TIMESTAMP',
  turn: (text: string) => unknown,
) => asText.map((source) => (source.name === name ? column(loanRows, name, type, turn) : source));
export const typed = names.map((name) => {
  if (numeric.includes(name)) return column(loanRows, name, 'DOUBLE', Number);
  if (name === 'loan_id') return column(loanRows, name, 'INT64', BigInt);
  if (days.includes(name)) {
    return column(loanRows, name, 'TIMESTAMP', (text) => new Date(`${text}T00:00:00Z`));
  }
  return column(loanRows, name);
});
