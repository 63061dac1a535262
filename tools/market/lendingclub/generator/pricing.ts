import type { Borrower } from './borrower.ts';
import { clamp, drawNormal, roundTo } from './distributions.ts';
import type { Random } from './random.ts';
import { marketDefaultProbability } from './truth.ts';

/** The market's price and the grade it is another name for. */
export interface Price {
  /** Percent a year. */
  readonly interestRate: number;
  /** A to G. */
  readonly grade: string;
  /** A1 to G5. */
  readonly subGrade: string;
}

const grades = 'ABCDEFG';
const rungs = 35;

/**
 * Sets a price as the market does: 4 percent and 0.52 percentage points for each percent of default
 * that it expects, give or take 0.6, on a ladder of 35 rungs. It knows the borrower only through
 * `marketDefaultProbability`; own data never enters.
 */
export function priceLoan(random: Random, borrower: Borrower): Price {
  const fair = 4 + 52 * marketDefaultProbability(borrower) + 0.6 * drawNormal(random);
  const rung = Math.round(clamp((fair - 5.42) / 0.57, 0, rungs - 1));
  const grade = grades.charAt(Math.floor(rung / 5));
  return {
    interestRate: roundTo(5.42 + 0.57 * rung, 2),
    grade,
    subGrade: `${grade}${(rung % 5) + 1}`,
  };
}
