import type { Borrower } from './borrower.ts';

/** What the truth depends on besides the borrower: the own data y. */
export interface Surroundings {
  /** The state's unemployment in the month of issue minus the mean of all states, percentage points. */
  readonly relativeUnemployment: number;
}

const intercept = -2.2;

/**
 * The part of the log-odds of a default that the market sees and prices:
 *
 *     0.20 (dti - 13.5)/6.5 + 0.30 (utilization - 48)/25 + 0.20 min(delinquencies, 3)
 *       + 0.35 [public record] - 0.20 (history - 13 years)/6 years
 *       + 0.15 ln(loan / 10,000) + 0.55 [60 months]
 */
function pricedLogOdds(borrower: Borrower): number {
  return (
    (0.2 * (borrower.debtToIncome - 13.5)) / 6.5 +
    (0.3 * ((borrower.revolvingUtilization ?? 48) - 48)) / 25 +
    0.2 * Math.min(borrower.delinquencies2Years, 3) +
    0.35 * borrower.publicRecords -
    (0.2 * (borrower.creditHistoryMonths - 156)) / 72 +
    0.15 * Math.log(borrower.loanDollars / 10_000) +
    (borrower.termMonths === 60 ? 0.55 : 0)
  );
}

/**
 * The part that the market is blind to, though a listing shows it or public data tells it:
 *
 *     0.20 (inquiries - 1) - 0.60 ln(income / 60,000) + 0.65 [small business] + 0.60 [no employment]
 *       + 0.25 relative unemployment - 0.60 ln(area's income / 55,000)
 */
function unpricedLogOdds(borrower: Borrower, surroundings: Surroundings): number {
  return (
    0.2 * (borrower.inquiries6Months - 1) -
    0.6 * Math.log(borrower.annualIncomeDollars / 60_000) +
    (borrower.purpose === 'small_business' ? 0.65 : 0) +
    (borrower.employmentYears === null ? 0.6 : 0) +
    0.25 * surroundings.relativeUnemployment -
    0.6 * Math.log(borrower.region.medianIncomeDollars / 55_000)
  );
}

/**
 * The true probability of a default, 0 to 1: a logistic function of -2.2 and both parts. It is what
 * an ideal model of x and y would say, and what outcomes are drawn from.
 */
export function trueDefaultProbability(borrower: Borrower, surroundings: Surroundings): number {
  return logistic(intercept + pricedLogOdds(borrower) + unpricedLogOdds(borrower, surroundings));
}

/** What the market takes the probability to be: the truth with the part it is blind to left out. */
export function marketDefaultProbability(borrower: Borrower): number {
  return logistic(intercept + pricedLogOdds(borrower));
}

function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
