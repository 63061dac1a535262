import { roundTo } from './distributions.ts';

/** Dollars paid by a number of monthly installments. */
export interface Payments {
  readonly principalDollars: number;
  readonly interestDollars: number;
}

/** The equal monthly installment, in dollars and cents, that pays a loan back in its term. */
export function installmentOf(loanDollars: number, annualPercent: number, months: number): number {
  const monthly = annualPercent / 1200;
  let growth = 1;
  for (let month = 0; month < months; month += 1) growth *= 1 + monthly;
  return roundTo((loanDollars * monthly * growth) / (growth - 1), 2);
}

/** What the first so many installments pay of principal and interest, in dollars and cents. */
export function paidAfter(args: {
  loanDollars: number;
  annualPercent: number;
  installmentDollars: number;
  installments: number;
}): Payments {
  let owed = args.loanDollars;
  let interest = 0;
  for (let month = 0; month < args.installments; month += 1) {
    const monthInterest = (owed * args.annualPercent) / 1200;
    interest += monthInterest;
    owed = Math.max(0, owed - (args.installmentDollars - monthInterest));
  }
  return {
    principalDollars: roundTo(args.loanDollars - owed, 2),
    interestDollars: roundTo(interest, 2),
  };
}
