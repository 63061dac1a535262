import { monthNumber } from '@mispriced/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateLoans } from './generate-loans.ts';
import { loanColumns, type LoanRow } from './loan-row.ts';

const market = generateLoans({ seed: 7, firstMonth: '2006-01', months: 24, loansPerMonth: 1000 });
const truths = market.loans.map((loan) => truthOf(loan));
const outcomes = market.loans.map((loan) => Number(loan.default));
const rates = market.loans.map((loan) => Number(loan.int_rate));

function truthOf(loan: LoanRow): number {
  return market.trueDefaultProbability.get(loan.loan_id) ?? Number.NaN;
}

/** The probability that a loss has a higher score than a loan without one; ties count half. */
function areaUnderCurve(scores: readonly number[], losses: readonly number[]): number {
  const order = scores.map((_, index) => index);
  order.sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let rankSum = 0;
  let start = 0;
  while (start < order.length) {
    let end = start;
    while (end < order.length && scores[order[end] ?? 0] === scores[order[start] ?? 0]) end += 1;
    const meanRank = (start + end + 1) / 2;
    for (const index of order.slice(start, end)) rankSum += meanRank * (losses[index] ?? 0);
    start = end;
  }
  const positives = losses.reduce((sum, loss) => sum + loss, 0);
  const negatives = losses.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('generateLoans', () => {
  it('gives the same market for the same seed, and another for another', () => {
    const small = { firstMonth: '2009-03', months: 2, loansPerMonth: 20 };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(generateLoans({ seed, ...small })).toEqual(generateLoans({ seed, ...small }));
        const other = generateLoans({ seed: seed + 1, ...small });
        expect(other.loans).not.toEqual(generateLoans({ seed, ...small }).loans);
      }),
      { numRuns: 5 },
    );
  });

  it('gives the same loans of a month whenever the market begins and ends', () => {
    const later = generateLoans({ seed: 7, firstMonth: '2007-12', months: 3, loansPerMonth: 1000 });
    const december = (loan: LoanRow): boolean => loan.issue_d === '2007-12-01';
    expect(later.loans.filter(december)).toEqual(market.loans.filter(december));
    expect(later.zip3Income).toEqual(market.zip3Income);
    const rows = new Map(later.stateUnemployment.map((row) => [`${row.month}${row.state}`, row]));
    for (const row of market.stateUnemployment) {
      expect(rows.get(`${row.month}${row.state}`)).toEqual(row);
    }
  });

  it('draws defaults from the true probabilities, in every tenth of them', () => {
    const order = truths.map((_, index) => index);
    order.sort((a, b) => (truths[a] ?? 0) - (truths[b] ?? 0));
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const members = order.slice((tenth * order.length) / 10, ((tenth + 1) * order.length) / 10);
      const expected = mean(members.map((index) => truths[index] ?? 0));
      const seen = mean(members.map((index) => outcomes[index] ?? 0));
      const standardError = Math.sqrt((expected * (1 - expected)) / members.length);
      expect(Math.abs(seen - expected)).toBeLessThan(4 * standardError);
    }
    expect(mean(truths)).toBeGreaterThan(0.1);
    expect(mean(truths)).toBeLessThan(0.2);
  });

  it('leaves an edge: the price tells something of the defaults, the truth clearly more', () => {
    const byPrice = areaUnderCurve(rates, outcomes);
    const byTruth = areaUnderCurve(truths, outcomes);
    expect(byPrice).toBeGreaterThan(0.6);
    expect(byTruth).toBeGreaterThan(byPrice + 0.03);
  });

  it('offers loans that are safer than their price says', () => {
    const meanTruthAt = new Map<string, { sum: number; count: number }>();
    const key = (loan: LoanRow): string => `${loan.term}|${loan.int_rate}`;
    for (const loan of market.loans) {
      const seen = meanTruthAt.get(key(loan)) ?? { sum: 0, count: 0 };
      meanTruthAt.set(key(loan), { sum: seen.sum + truthOf(loan), count: seen.count + 1 });
    }
    const bought = market.loans.filter((loan) => {
      const { sum, count } = meanTruthAt.get(key(loan)) ?? { sum: 0, count: 1 };
      return truthOf(loan) - sum / count < -0.04;
    });
    const asPriced = bought.map((loan) => {
      const { sum, count } = meanTruthAt.get(key(loan)) ?? { sum: 0, count: 1 };
      return sum / count;
    });
    expect(bought.length).toBeGreaterThan(market.loans.length / 10);
    expect(mean(bought.map((loan) => Number(loan.default)))).toBeLessThan(mean(asPriced) - 0.04);
  });

  it('has losses where unemployment is high for its month, at the same price', () => {
    const rateOf = new Map(
      market.stateUnemployment.map((row) => [
        `${row.month}${row.state}`,
        Number(row.unemployment_rate),
      ]),
    );
    const monthMean = new Map<string, number>();
    for (const month of new Set(market.stateUnemployment.map((row) => row.month))) {
      const values = market.stateUnemployment.filter((row) => row.month === month);
      monthMean.set(month, mean(values.map((row) => Number(row.unemployment_rate))));
    }
    const relative = market.loans.map(
      (loan) =>
        (rateOf.get(`${loan.issue_d}${loan.addr_state}`) ?? Number.NaN) -
        (monthMean.get(loan.issue_d) ?? Number.NaN),
    );
    expect(areaUnderCurve(relative, outcomes)).toBeGreaterThan(0.52);
  });

  it('writes every column, its ids rising with the day of issue', () => {
    let before = 0;
    for (const loan of market.loans) {
      expect(Object.keys(loan)).toEqual([...loanColumns]);
      expect(Number(loan.loan_id)).toBeGreaterThan(before);
      before = Number(loan.loan_id);
    }
  });

  it('keeps payments in step with the outcome', () => {
    for (const loan of market.loans.slice(0, 2000)) {
      const paid = Number(loan.total_rec_prncp);
      const owed = Number(loan.loan_amnt);
      const received = paid + Number(loan.total_rec_int) + Number(loan.recoveries);
      expect(Number(loan.total_pymnt)).toBeCloseTo(received, 2);
      if (loan.default === '0') expect(paid).toBe(owed);
      else expect(paid).toBeLessThan(owed);
      if (loan.last_pymnt_d === '') {
        expect(paid).toBe(0);
        continue;
      }
      const months = monthNumber(loan.last_pymnt_d) - monthNumber(loan.issue_d);
      expect(months).toBeGreaterThan(0);
      expect(months).toBeLessThanOrEqual(Number(loan.term));
    }
  });

  it('leaves some areas out of the income file, and knows all the others', () => {
    const known = new Set(market.zip3Income.map((row) => row.zip3));
    const unknown = market.loans.filter((loan) => !known.has(loan.zip_code.slice(0, 3)));
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.length).toBeLessThan(market.loans.length / 20);
  });

  it('names everything that is impossible', () => {
    expect(() =>
      generateLoans({ seed: 1, firstMonth: '1999-12', months: 0, loansPerMonth: 1.5 }),
    ).toThrow('the first month is before 2000-01; months is 0; loansPerMonth is 1.5');
  });
});
