import { paidAfter } from './amortization.ts';
import { drawInteger, roundTo } from './distributions.ts';
import type { Random } from './random.ts';

/** How a loan ended. */
export interface Outcome {
  readonly defaulted: boolean;
  /** Monthly installments paid; nothing was ever paid at 0. */
  readonly installmentsPaid: number;
  readonly principalDollars: number;
  readonly interestDollars: number;
  /** Collected after the charge-off, dollars. */
  readonly recoveryDollars: number;
}

/**
 * Draws how a loan ends. A default comes with the true probability; its last payment lies in the
 * term, earlier rather than later; a seventh of what is owed is recovered from one in three. A good
 * loan is paid back early in one case of three.
 */
export function drawOutcome(
  random: Random,
  loan: {
    readonly trueDefaultProbability: number;
    readonly loanDollars: number;
    readonly termMonths: number;
    readonly interestRate: number;
    readonly installmentDollars: number;
  },
): Outcome {
  const defaulted = random() < loan.trueDefaultProbability;
  const installmentsPaid = defaulted
    ? Math.floor((loan.termMonths - 6) * random() * (0.3 + 0.7 * random()))
    : random() < 1 / 3
      ? drawInteger(random, 3, loan.termMonths - 1)
      : loan.termMonths;
  const paid = paidAfter({
    loanDollars: loan.loanDollars,
    annualPercent: loan.interestRate,
    installmentDollars: loan.installmentDollars,
    installments: installmentsPaid,
  });
  const isRecovered = random() < 1 / 3;
  if (!defaulted) {
    const { interestDollars } = paid;
    const principalDollars = loan.loanDollars;
    return { defaulted, installmentsPaid, principalDollars, interestDollars, recoveryDollars: 0 };
  }
  const recoveryDollars = isRecovered
    ? roundTo((loan.loanDollars - paid.principalDollars) / 7, 2)
    : 0;
  return { defaulted, installmentsPaid, ...paid, recoveryDollars };
}
