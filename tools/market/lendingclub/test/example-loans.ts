import type { LoanRow } from '../index.ts';

/** An invented loan with every column that the real file has, as of 2010-12. */
export function exampleLoan(columns: Readonly<Record<string, string>> = {}): LoanRow {
  return {
    loan_id: '101',
    issue_d: '2010-12-01',
    loan_amnt: '5000',
    funded_amnt: '4200',
    term: '36',
    int_rate: '11.25',
    installment: '164.28',
    grade: 'B',
    sub_grade: 'B5',
    emp_length: '3 years',
    home_ownership: 'RENT',
    annual_inc: '51000.0',
    verification_status: 'Source Verified',
    purpose: 'debt_consolidation',
    zip_code: '123xx',
    addr_state: 'NY',
    dti: '14.5',
    delinq_2yrs: '0.0',
    earliest_cr_line: '1999-06-01',
    inq_last_6mths: '1.0',
    mths_since_last_delinq: '',
    mths_since_last_record: '',
    open_acc: '7.0',
    pub_rec: '0.0',
    revol_bal: '4321',
    revol_util: '44.1',
    total_acc: '19.0',
    pub_rec_bankruptcies: '0.0',
    tax_liens: '0.0',
    initial_list_status: 'f',
    application_type: 'Individual',
    loan_status: 'Charged Off',
    meets_credit_policy: '1',
    default: '1',
    last_pymnt_d: '2012-07-01',
    total_pymnt: '1234.567891',
    total_rec_prncp: '987.654321',
    total_rec_int: '246.913579',
    recoveries: '12.345678',
    ...columns,
  };
}

/** Loans that differ in id and amount only. */
export function exampleLoans(amounts: readonly number[]): LoanRow[] {
  return amounts.map((amount, index) =>
    exampleLoan({ loan_id: String(101 + index), loan_amnt: String(amount) }),
  );
}
