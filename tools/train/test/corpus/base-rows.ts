import type { Row } from './write-rows.ts';

const plain = {
  loan_id: '101',
  issue_d: '2009-12-01',
  loan_amnt: '15000',
  term: '36',
  int_rate: '9.41',
  installment: '495.86',
  emp_title: 'clerk',
  emp_length: '3 years',
  home_ownership: 'RENT',
  annual_inc: '61100',
  verification_status: 'Source Verified',
  purpose: 'credit_card',
  zip_code: '005xx',
  addr_state: 'WV',
  dti: '0.5',
  delinq_2yrs: '0',
  earliest_cr_line: '1999-06-01',
  inq_last_6mths: '1',
  mths_since_last_delinq: '24',
  open_acc: '7',
  pub_rec: '0',
  revol_bal: '10740',
  revol_util: '54',
  total_acc: '17',
  default: '0',
  last_pymnt_d: '2012-12-01',
};

/** A few loans of one month, of every kind of value that LendingClub's files hold. */
export const loanRows: readonly Row[] = [
  plain,
  {
    ...plain,
    loan_id: '102',
    term: '60',
    int_rate: '20.24',
    emp_length: '< 1 year',
    home_ownership: 'MORTGAGE',
    verification_status: 'Not Verified',
    addr_state: 'CA',
    zip_code: '900xx',
    mths_since_last_delinq: '',
    default: '1',
    last_pymnt_d: '2010-05-01',
  },
  {
    ...plain,
    loan_id: '103',
    emp_length: 'n/a',
    revol_util: '',
    dti: '10.65',
    default: '1',
    last_pymnt_d: '',
  },
  {
    ...plain,
    loan_id: '104',
    emp_length: '10+ years',
    purpose: 'other',
    addr_state: 'NY',
    default: '',
  },
];

/** A rate of two states for two months; the key stands last. */
export const rateRows: readonly Row[] = [
  { month: '2009-09-01', unemployment_rate: '7.1', state: 'WV' },
  { month: '2009-09-01', unemployment_rate: '9.3', state: 'CA' },
  { month: '2009-10-01', unemployment_rate: '7.4', state: 'WV' },
  { month: '2009-10-01', unemployment_rate: '', state: 'CA' },
];

/** Incomes of two areas, one with leading zeros. */
export const incomeRows: readonly Row[] = [
  { zip3: '005', place: 'Holtsville', median_income: '42429' },
  { zip3: '900', place: 'Los Angeles', median_income: '59423.1' },
];

/** The same rows with some of their cells changed. */
export function changed(
  rows: readonly Row[],
  changes: Readonly<Record<string, string | ((text: string) => string)>>,
  which: (index: number) => boolean = () => true,
): readonly Row[] {
  return rows.map((row, index) => {
    if (!which(index)) return row;
    const cells = Object.entries(changes).map(([name, change]) => [
      name,
      typeof change === 'string' ? change : change(row[name] ?? ''),
    ]);
    return { ...row, ...(Object.fromEntries(cells) as Row) };
  });
}
