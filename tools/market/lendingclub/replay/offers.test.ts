import { describe, expect, it } from 'vitest';
import { exampleLoan, exampleLoans } from '../test/example-loans.ts';
import { offersOn } from './offers.ts';

describe('offersOn', () => {
  it('keeps the loans of the month, by id', () => {
    const rows = [...exampleLoans([1000, 2000]), exampleLoan({ issue_d: '2010-11-01' })];
    const offers = offersOn(rows, '2010-12-15');
    expect([...offers.keys()]).toEqual([101, 102]);
    expect(offers.get(102)?.loanAmount).toBe(2000);
  });

  it('names all the rows that cannot be listed, and ids that occur twice', () => {
    const rows = [
      exampleLoan({ loan_id: '7', term: 'long' }),
      exampleLoan({ loan_id: '8', loan_amnt: '' }),
      exampleLoan({ loan_id: '9' }),
      exampleLoan({ loan_id: '9' }),
    ];
    const message = [
      'Loan "7"',
      `term: 'long' is not a finite number`,
      'Loan "8"',
      'loan 4: Loan 9 occurs twice; it stands on loan 3',
    ];
    for (const part of message) expect(() => offersOn(rows, '2010-12-15')).toThrow(part);
  });

  it('counts the problems it does not show', () => {
    const rows = Array.from({ length: 25 }, () => exampleLoan({ term: '' }));
    expect(() => offersOn(rows, '2010-12-15')).toThrow('and 5 more');
  });
});
