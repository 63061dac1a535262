import { firstDayOfMonth, MispricedError, monthNumber, parseCalendarDate } from '@mispriced/core';
import { installmentOf } from './amortization.ts';
import { drawBorrower } from './borrower.ts';
import { drawWeighted } from './distributions.ts';
import { loanRow, type LoanRow } from './loan-row.ts';
import { drawOutcome } from './outcome.ts';
import { priceLoan } from './pricing.ts';
import { namedRandom } from './random.ts';
import { generateRegions, weightedRegions, type Region } from './regions.ts';
import { trueDefaultProbability } from './truth.ts';
import {
  firstStatisticsMonth,
  generateUnemployment,
  relativeUnemployment,
  type UnemploymentPaths,
} from './unemployment.ts';

/**
 * The seed of the market that comes with the project: the demo model was trained on its loans of 2006
 * to 2009. What it learned holds in any month of a market of this seed, and in no other.
 */
export const demoMarketSeed = 1;

/** A line of the unemployment file, every column as text. */
export interface StateUnemploymentRow {
  readonly month: string;
  readonly state: string;
  readonly unemployment_rate: string;
}

/** A line of the income file, every column as text. */
export interface Zip3IncomeRow {
  readonly zip3: string;
  readonly median_income: string;
}

/** A stretch of a simulated market's history, and the truth behind it. */
export interface GeneratedMarket {
  /** By date of issue. */
  readonly loans: readonly LoanRow[];
  /** By `loan_id`, 0 to 1. */
  readonly trueDefaultProbability: ReadonlyMap<string, number>;
  /** From January 2000 to the last month of the loans. */
  readonly stateUnemployment: readonly StateUnemploymentRow[];
  readonly zip3Income: readonly Zip3IncomeRow[];
}

/**
 * Generates loans that are a simulation, with a known edge: defaults are drawn from a logistic
 * function of characteristics x and own data y (truth.ts), while the price (pricing.ts) is made from
 * a part of x alone. A month's loans depend on the seed, the month and their number only, so
 * markets of the same seed agree wherever their months overlap.
 *
 * @param args.firstMonth Any day of the first month, 2000-01 or later.
 * @throws MispricedError `DATA_INVALID` for a month before the simulated country's statistics, or
 *   for counts that are not whole and positive.
 */
export function generateLoans(args: {
  seed: number;
  firstMonth: string;
  months: number;
  loansPerMonth: number;
}): GeneratedMarket {
  const firstMonth = monthNumber(parseCalendarDate(`${args.firstMonth.slice(0, 7)}-01`));
  refuseImpossible(firstMonth, args.months, args.loansPerMonth);
  const lastMonth = firstMonth + args.months - 1;
  const unemployment = generateUnemployment(args.seed, lastMonth);
  const regions = generateRegions(args.seed);
  const probabilities = new Map<string, number>();
  const loans: LoanRow[] = [];
  for (let month = firstMonth; month <= lastMonth; month += 1) {
    const relative = relativeUnemployment(unemployment, month);
    const weighted = weightedRegions(regions);
    for (let index = 0; index < args.loansPerMonth; index += 1) {
      const loan = generateLoan({ seed: args.seed, month, index, weighted, relative });
      probabilities.set(loan.row.loan_id, loan.probability);
      loans.push(loan.row);
    }
  }
  return {
    loans,
    trueDefaultProbability: probabilities,
    stateUnemployment: unemploymentRows(unemployment),
    zip3Income: regions
      .filter((region) => region.isInIncomeFile)
      .map((region) => ({
        zip3: region.zip3,
        median_income: `${region.medianIncomeDollars}.0`,
      })),
  };
}

function generateLoan(args: {
  seed: number;
  month: number;
  index: number;
  weighted: readonly (readonly [region: Region, weight: number])[];
  relative: ReadonlyMap<string, number>;
}): { row: LoanRow; probability: number } {
  const random = namedRandom(args.seed, `loan|${args.month}|${args.index}`);
  const borrower = drawBorrower(random, drawWeighted(random, args.weighted));
  const relative = args.relative.get(borrower.region.state) ?? Number.NaN;
  const probability = trueDefaultProbability(borrower, { relativeUnemployment: relative });
  const price = priceLoan(random, borrower);
  const { loanDollars, termMonths } = borrower;
  const { interestRate } = price;
  const installmentDollars = installmentOf(loanDollars, interestRate, termMonths);
  const outcome = drawOutcome(random, {
    trueDefaultProbability: probability,
    loanDollars,
    termMonths,
    interestRate,
    installmentDollars,
  });
  // Rising with the date of issue, and the same whichever month the market begins with.
  const loanId = String((args.month - firstStatisticsMonth) * 100_000 + args.index + 1);
  const issueMonth = args.month;
  const row = loanRow({ loanId, issueMonth, borrower, price, installmentDollars, outcome });
  return { row, probability };
}

function unemploymentRows(paths: UnemploymentPaths): StateUnemploymentRow[] {
  return [...paths].flatMap(([state, path]) =>
    path.map((rate, index) => ({
      month: firstDayOfMonth(firstStatisticsMonth + index),
      state,
      unemployment_rate: rate.toFixed(1),
    })),
  );
}

function refuseImpossible(firstMonth: number, months: number, loansPerMonth: number): void {
  const problems = [
    ...(firstMonth < firstStatisticsMonth ? ['the first month is before 2000-01'] : []),
    ...(Number.isInteger(months) && months > 0 ? [] : [`months is ${months}`]),
    ...(Number.isInteger(loansPerMonth) && loansPerMonth > 0 && loansPerMonth <= 99_999
      ? []
      : [`loansPerMonth is ${loansPerMonth}`]),
  ];
  if (problems.length === 0) return;
  throw new MispricedError({
    code: 'DATA_INVALID',
    message: `No market can be generated: ${problems.join('; ')}.`,
    fix: 'Begin in 2000-01 or later; give whole positive numbers, at most 99999 loans a month.',
  });
}
