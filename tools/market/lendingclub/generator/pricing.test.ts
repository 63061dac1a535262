import { describe, expect, it } from 'vitest';
import { drawBorrower } from './borrower.ts';
import { priceLoan } from './pricing.ts';
import { namedRandom } from './random.ts';
import { generateRegions } from './regions.ts';
import { trueDefaultProbability } from './truth.ts';

const borrowers = generateRegions(1)
  .slice(0, 200)
  .map((region, index) => drawBorrower(namedRandom(1, `borrower|${index}`), region));

describe('priceLoan', () => {
  it('is blind to what the truth depends on besides', () => {
    for (const [index, borrower] of borrowers.entries()) {
      const riskier = {
        ...borrower,
        annualIncomeDollars: borrower.annualIncomeDollars / 2,
        inquiries6Months: borrower.inquiries6Months + 2,
        employmentYears: null,
        purpose: 'small_business',
        region: { ...borrower.region, medianIncomeDollars: 20_000 },
      };
      const random = (): ReturnType<typeof namedRandom> => namedRandom(2, `price|${index}`);
      expect(priceLoan(random(), riskier)).toEqual(priceLoan(random(), borrower));
      const risk = trueDefaultProbability(riskier, { relativeUnemployment: 2 });
      const before = trueDefaultProbability(borrower, { relativeUnemployment: 0 });
      expect(risk).toBeGreaterThan(before);
    }
  });

  it('names every rung of the ladder by one grade', () => {
    const gradeOf = new Map<number, string>();
    for (const [index, borrower] of borrowers.entries()) {
      const price = priceLoan(namedRandom(3, `price|${index}`), borrower);
      expect(price.subGrade).toMatch(/^[A-G][1-5]$/);
      expect(price.subGrade.startsWith(price.grade)).toBe(true);
      expect(gradeOf.get(price.interestRate) ?? price.subGrade).toBe(price.subGrade);
      gradeOf.set(price.interestRate, price.subGrade);
    }
    expect(gradeOf.size).toBeGreaterThan(10);
  });
});
