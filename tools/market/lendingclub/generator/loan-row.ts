import { firstDayOfMonth } from '@mispriced/core';
import type { Borrower } from './borrower.ts';
import type { Outcome } from './outcome.ts';
import type { Price } from './pricing.ts';

/** The columns of a loan file, in its order. */
export const loanColumns = [
  'loan_id',
  'issue_d',
  'loan_amnt',
  'funded_amnt',
  'term',
  'int_rate',
  'installment',
  'grade',
  'sub_grade',
  'emp_length',
  'home_ownership',
  'annual_inc',
  'verification_status',
  'purpose',
  'zip_code',
  'addr_state',
  'dti',
  'delinq_2yrs',
  'earliest_cr_line',
  'inq_last_6mths',
  'mths_since_last_delinq',
  'mths_since_last_record',
  'open_acc',
  'pub_rec',
  'revol_bal',
  'revol_util',
  'total_acc',
  'pub_rec_bankruptcies',
  'tax_liens',
  'initial_list_status',
  'application_type',
  'loan_status',
  'meets_credit_policy',
  'default',
  'last_pymnt_d',
  'total_pymnt',
  'total_rec_prncp',
  'total_rec_int',
  'recoveries',
] as const;

/** A loan as its line in the file: every column as text, empty where it is missing. */
export type LoanRow = Readonly<Record<(typeof loanColumns)[number], string>>;

/** Writes a loan as a line of the loan file. */
export function loanRow(loan: {
  readonly loanId: string;
  /** Months since year 0. */
  readonly issueMonth: number;
  readonly borrower: Borrower;
  readonly price: Price;
  readonly installmentDollars: number;
  readonly outcome: Outcome;
}): LoanRow {
  const { borrower, price, outcome, issueMonth } = loan;
  return {
    loan_id: loan.loanId,
    issue_d: firstDayOfMonth(issueMonth),
    loan_amnt: String(borrower.loanDollars),
    funded_amnt: String(borrower.loanDollars),
    term: String(borrower.termMonths),
    int_rate: String(price.interestRate),
    installment: String(loan.installmentDollars),
    grade: price.grade,
    sub_grade: price.subGrade,
    emp_length: employmentText(borrower.employmentYears),
    home_ownership: borrower.homeOwnership,
    annual_inc: floatText(borrower.annualIncomeDollars),
    verification_status: borrower.verification,
    purpose: borrower.purpose,
    zip_code: `${borrower.region.zip3}xx`,
    addr_state: borrower.region.state,
    dti: floatText(borrower.debtToIncome),
    delinq_2yrs: floatText(borrower.delinquencies2Years),
    earliest_cr_line: firstDayOfMonth(issueMonth - borrower.creditHistoryMonths),
    inq_last_6mths: floatText(borrower.inquiries6Months),
    mths_since_last_delinq: floatText(borrower.monthsSinceDelinquency),
    mths_since_last_record: floatText(borrower.monthsSinceRecord),
    open_acc: floatText(borrower.openAccounts),
    pub_rec: floatText(borrower.publicRecords),
    revol_bal: String(borrower.revolvingBalanceDollars),
    revol_util: floatText(borrower.revolvingUtilization),
    total_acc: floatText(borrower.totalAccounts),
    pub_rec_bankruptcies: floatText(borrower.publicRecords),
    tax_liens: '0.0',
    initial_list_status: 'f',
    application_type: 'Individual',
    loan_status: outcome.defaulted ? 'Charged Off' : 'Fully Paid',
    meets_credit_policy: '1',
    default: outcome.defaulted ? '1' : '0',
    last_pymnt_d:
      outcome.installmentsPaid === 0 ? '' : firstDayOfMonth(issueMonth + outcome.installmentsPaid),
    total_pymnt: floatText(
      cents(outcome.principalDollars + outcome.interestDollars + outcome.recoveryDollars),
    ),
    total_rec_prncp: floatText(outcome.principalDollars),
    total_rec_int: floatText(outcome.interestDollars),
    recoveries: floatText(outcome.recoveryDollars),
  };
}

function employmentText(years: number | null): string {
  if (years === null) return '';
  if (years === 0) return '< 1 year';
  if (years === 1) return '1 year';
  return years === 10 ? '10+ years' : `${years} years`;
}

/** The file's way with fractional columns: `7` is `7.0`. */
function floatText(value: number | null): string {
  if (value === null) return '';
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}
