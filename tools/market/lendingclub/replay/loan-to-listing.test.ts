import { describe, expect, it } from 'vitest';
import { exampleLoan } from '../test/example-loans.ts';
import { listingFields } from './listing-fields.ts';
import { loanToListing } from './loan-to-listing.ts';

const day = '2010-12-15';

describe('loanToListing', () => {
  it('names and types the fields as the API does', () => {
    expect(loanToListing(exampleLoan(), day)).toMatchObject({
      id: 101,
      loanAmount: 5000,
      fundedAmount: 0,
      term: 36,
      intRate: 11.25,
      installment: 164.28,
      grade: 'B',
      subGrade: 'B5',
      empLength: 36,
      homeOwnership: 'RENT',
      annualInc: 51000,
      isIncV: 'SOURCE_VERIFIED',
      purpose: 'debt_consolidation',
      addrZip: '123xx',
      addrState: 'NY',
      dti: 14.5,
      delinq2Yrs: 0,
      earliestCrLine: '1999-06-01T00:00:00.000-07:00',
      inqLast6Mths: 1,
      mthsSinceLastDelinq: null,
      openAcc: 7,
      revolBal: 4321,
      revolUtil: 44.1,
      totalAcc: 19,
      initialListStatus: 'F',
      applicationType: 'INDIVIDUAL',
      ficoRangeLow: null,
      memberId: null,
      listD: null,
    });
  });

  it('has every field of the API and no other', () => {
    const listing = loanToListing(exampleLoan({ surprise: '1', id: '9' }), day);
    expect(Object.keys(listing ?? {})).toEqual(Object.keys(listingFields));
  });

  it('never serves what became known only afterwards', () => {
    const afterwards = {
      loan_status: 'known-later-1',
      default: 'known-later-2',
      last_pymnt_d: 'known-later-3',
      total_pymnt: '90000001.1',
      total_rec_prncp: '90000002.2',
      total_rec_int: '90000003.3',
      recoveries: '90000004.4',
      funded_amnt: '90000005',
    };
    const served = JSON.stringify(loanToListing(exampleLoan(afterwards), day));
    for (const [column, value] of Object.entries(afterwards)) {
      expect(served).not.toContain(value);
      expect(served).not.toContain(`"${column}"`);
    }
    expect(loanToListing(exampleLoan(afterwards), day)).toEqual(loanToListing(exampleLoan(), day));
  });

  it.each([
    ['< 1 year', 0],
    ['1 year', 12],
    ['9 years', 108],
    ['10+ years', 120],
    ['n/a', null],
    ['', null],
  ])('gives an employment of %j in months: %j', (empLength, months) => {
    expect(loanToListing(exampleLoan({ emp_length: empLength }), day)?.empLength).toBe(months);
  });

  it.each([
    ['Not Verified', 'NOT_VERIFIED'],
    ['Verified', 'VERIFIED'],
    ['Source Verified', 'SOURCE_VERIFIED'],
    ['', null],
  ])('gives the verification %j as %j', (status, expected) => {
    const row = exampleLoan({ verification_status: status });
    expect(loanToListing(row, day)?.isIncV).toBe(expected);
  });

  it('offers a loan on every day of its month of issue and on no other', () => {
    expect(loanToListing(exampleLoan(), '2010-12-01')).not.toBeNull();
    expect(loanToListing(exampleLoan(), '2010-12-31')).not.toBeNull();
    expect(loanToListing(exampleLoan(), '2010-11-30')).toBeNull();
    expect(loanToListing(exampleLoan(), '2011-01-01')).toBeNull();
    expect(loanToListing(exampleLoan(), '2009-12-15')).toBeNull();
  });

  it('names every problem of a row at once', () => {
    const row = exampleLoan({
      loan_id: '',
      loan_amnt: '-5',
      int_rate: '11.25%',
      emp_length: 'long',
      verification_status: 'Perhaps',
      earliest_cr_line: '1999-02-30',
    });
    const problems = [
      "int_rate: '11.25%' is not a finite number: a percent sign",
      'emp_length: "long" is no length of employment',
      "earliest_cr_line: '1999-02-30' is not a day, yyyy-mm-dd: the calendar has no such day",
      'verification_status is "Perhaps"',
      'loan_id is missing',
      'loan_amnt is -5',
    ];
    for (const problem of problems) expect(() => loanToListing(row, day)).toThrow(problem);
  });

  it.each([['Dec-2010'], ['2010-13-01'], ['']])('refuses the month of issue %j', (issued) => {
    const row = exampleLoan({ issue_d: issued });
    expect(() => loanToListing(row, day)).toThrow('Loan "101" cannot be listed: issue_d: ');
  });

  it.each([['5000.001'], ['0'], ['1e-3'], ['']])('refuses the amount %j', (amount) => {
    expect(() => loanToListing(exampleLoan({ loan_amnt: amount }), day)).toThrow('loan_amnt');
  });
});
