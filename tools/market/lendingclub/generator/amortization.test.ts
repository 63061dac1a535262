import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { installmentOf, paidAfter } from './amortization.ts';

const anyLoan = fc.record({
  loanDollars: fc.integer({ min: 40, max: 1400 }).map((step) => step * 25),
  annualPercent: fc.integer({ min: 500, max: 2500 }).map((hundredth) => hundredth / 100),
  months: fc.constantFrom(36, 60),
});

describe('amortization', () => {
  it('agrees with an installment from a real loan', () => {
    expect(installmentOf(7500, 13.75, 36)).toBeCloseTo(255.43, 1);
  });

  it('pays everything back in the term, but for the rounding of the installments', () => {
    fc.assert(
      fc.property(anyLoan, ({ loanDollars, annualPercent, months }) => {
        const installmentDollars = installmentOf(loanDollars, annualPercent, months);
        const paid = (installments: number): number =>
          paidAfter({ loanDollars, annualPercent, installmentDollars, installments })
            .principalDollars;
        expect(Math.abs(paid(months) - loanDollars)).toBeLessThan(1);
        expect(paid(0)).toBe(0);
        expect(paid(months - 1)).toBeLessThan(loanDollars);
      }),
    );
  });
});
