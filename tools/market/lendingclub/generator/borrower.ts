import {
  clamp,
  drawInteger,
  drawNormal,
  drawPoisson,
  drawWeighted,
  roundTo,
} from './distributions.ts';
import type { Random } from './random.ts';
import type { Region } from './regions.ts';

/** A borrower and the loan asked for, as a listing shows them. */
export interface Borrower {
  readonly region: Region;
  readonly annualIncomeDollars: number;
  readonly loanDollars: number;
  readonly termMonths: 36 | 60;
  /** Percent. */
  readonly debtToIncome: number;
  /** Whole years up to 10; null where none was given. */
  readonly employmentYears: number | null;
  readonly homeOwnership: string;
  readonly verification: string;
  readonly purpose: string;
  readonly delinquencies2Years: number;
  /** Null for never. */
  readonly monthsSinceDelinquency: number | null;
  readonly inquiries6Months: number;
  readonly publicRecords: number;
  /** Null for never. */
  readonly monthsSinceRecord: number | null;
  readonly openAccounts: number;
  readonly totalAccounts: number;
  readonly revolvingBalanceDollars: number;
  /** Percent; null where it was not reported. */
  readonly revolvingUtilization: number | null;
  readonly creditHistoryMonths: number;
}

const purposes = [
  ['debt_consolidation', 44],
  ['credit_card', 13],
  ['other', 12],
  ['home_improvement', 8],
  ['major_purchase', 6],
  ['small_business', 6],
  ['car', 3],
  ['wedding', 2],
  ['medical', 2],
  ['moving', 2],
  ['house', 1],
  ['vacation', 1],
] as const;

/**
 * Draws a borrower. Two traits that nobody sees make the characteristics hang together: `wealth`
 * raises income, history and amount; `strain` raises debt, utilization, delinquencies and inquiries.
 */
export function drawBorrower(random: Random, region: Region): Borrower {
  const wealth = drawNormal(random);
  const strain = drawNormal(random);
  const annualIncomeDollars = drawIncome(random, region, wealth);
  const utilization = clamp(roundTo(48 + 18 * strain + 18 * drawNormal(random), 1), 0, 99.9);
  const delinquencies2Years = Math.min(8, drawPoisson(random, Math.exp(-2 + 0.5 * strain)));
  const publicRecords = random() < 0.06 ? 1 : 0;
  const openAccounts = 2 + drawPoisson(random, 7);
  const revolvingShare = 0.004 * utilization * Math.exp(0.4 * drawNormal(random));
  return {
    region,
    annualIncomeDollars,
    loanDollars: drawLoanDollars(random, annualIncomeDollars),
    termMonths: random() < 0.75 ? 36 : 60,
    debtToIncome: clamp(roundTo(13.5 + 4 * strain + 5 * drawNormal(random), 2), 0, 29.99),
    employmentYears: random() < 0.03 ? null : Math.min(10, drawInteger(random, 0, 13)),
    homeOwnership: drawHome(random, wealth),
    verification: drawWeighted(random, [
      ['Not Verified', 55],
      ['Verified', 27],
      ['Source Verified', 18],
    ]),
    purpose: drawWeighted(random, purposes),
    delinquencies2Years,
    monthsSinceDelinquency: drawMonthsSinceDelinquency(random, delinquencies2Years),
    inquiries6Months: Math.min(12, drawPoisson(random, Math.exp(-0.2 + 0.4 * strain))),
    publicRecords,
    monthsSinceRecord: publicRecords === 0 ? null : drawInteger(random, 30, 118),
    openAccounts,
    totalAccounts: openAccounts + drawPoisson(random, 12),
    revolvingBalanceDollars: Math.round(annualIncomeDollars * revolvingShare),
    revolvingUtilization: random() < 0.005 ? null : utilization,
    creditHistoryMonths: Math.round(
      12 * clamp(13 + 2.5 * wealth + 5.5 * drawNormal(random), 1, 45),
    ),
  };
}

function drawIncome(random: Random, region: Region, wealth: number): number {
  const factor = Math.exp(0.05 + 0.4 * wealth + 0.2 * drawNormal(random));
  return clamp(100 * Math.round((region.medianIncomeDollars * factor) / 100), 8_000, 900_000);
}

/** A sixth of the income on average, in steps of 25 dollars. */
function drawLoanDollars(random: Random, annualIncomeDollars: number): number {
  const wanted = annualIncomeDollars * 0.17 * Math.exp(0.45 * drawNormal(random));
  return clamp(25 * Math.round(wanted / 25), 1_000, 35_000);
}

function drawHome(random: Random, wealth: number): string {
  const owns = 42 * Math.exp(0.4 * wealth);
  return drawWeighted(random, [
    ['RENT', 50],
    ['MORTGAGE', owns],
    ['OWN', 8],
    ['OTHER', 0.5],
  ]);
}

function drawMonthsSinceDelinquency(random: Random, delinquencies2Years: number): number | null {
  if (delinquencies2Years > 0) return drawInteger(random, 1, 23);
  return random() < 0.28 ? drawInteger(random, 24, 83) : null;
}
