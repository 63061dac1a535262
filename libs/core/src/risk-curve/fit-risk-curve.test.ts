import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { riskCurveKnotsSchema } from '../domain/model-manifest.ts';
import { evaluateRiskCurve } from './evaluate-risk-curve.ts';
import { fitRiskCurve } from './fit-risk-curve.ts';

const toCents = (cents: number): number => cents / 100;

const row = fc.record({
  // Few distinct prices, so that ties are the rule.
  price: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: -99, max: 99 }).map(toCents)),
  outcome: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  weight: fc.integer({ min: 1, max: 5 }),
});
const rows = fc.array(row, { minLength: 1, maxLength: 40 });
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never;

function fit(observed: readonly Row[]) {
  return fitRiskCurve({
    prices: observed.map(({ price }) => price),
    outcomes: observed.map(({ outcome }) => outcome),
    weights: observed.map(({ weight }) => weight),
  });
}

/**
 * The same regression by its min-max formula, which is slow and has nothing in common with pooling:
 * the largest, over starts up to here, of the least weighted mean over ends from here.
 */
function minMaxFit(observed: readonly Row[]): { price: number; risk: number }[] {
  const prices = [...new Set(observed.map(({ price }) => price))].sort((a, b) => a - b);
  const meanOver = (from: number, to: number): number => {
    const members = observed.filter(({ price }) => price >= from && price <= to);
    const weight = members.reduce((sum, member) => sum + member.weight, 0);
    return members.reduce((sum, member) => sum + member.weight * member.outcome, 0) / weight;
  };
  return prices.map((price) => {
    const starts = prices.filter((start) => start <= price);
    const ends = prices.filter((end) => end >= price);
    const leasts = starts.map((start) => Math.min(...ends.map((end) => meanOver(start, end))));
    return { price, risk: Math.max(...leasts) };
  });
}

function refusal(observations: Parameters<typeof fitRiskCurve>[0]): string {
  try {
    fitRiskCurve(observations);
  } catch (error) {
    expect(error).toMatchObject({ code: 'DATA_INVALID' });
    return (error as Error).message;
  }
  return 'accepted';
}

describe('fitRiskCurve', () => {
  it('is the least-squares fit that never falls', () => {
    fc.assert(
      fc.property(rows, (observed) => {
        const curve = fit(observed);
        for (const { price, risk } of minMaxFit(observed)) {
          expect(evaluateRiskCurve(curve, price)).toBeCloseTo(risk, 10);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never falls, stays within the outcomes and keeps to the contract of a manifest', () => {
    fc.assert(
      fc.property(rows, (observed) => {
        const curve = fit(observed);
        expect(riskCurveKnotsSchema.safeParse(curve).error).toBeUndefined();
        const outcomes = observed.map(({ outcome }) => outcome);
        expect(Math.min(...curve.risks)).toBeGreaterThanOrEqual(Math.min(...outcomes) - 1e-12);
        expect(Math.max(...curve.risks)).toBeLessThanOrEqual(Math.max(...outcomes) + 1e-12);
      }),
    );
  });

  it('leaves its own result as it is', () => {
    fc.assert(
      fc.property(rows, (observed) => {
        const curve = fit(observed);
        const again = fitRiskCurve({ prices: curve.prices, outcomes: curve.risks });
        for (const price of curve.prices) {
          const difference = evaluateRiskCurve(again, price) - evaluateRiskCurve(curve, price);
          expect(Math.abs(difference)).toBeLessThan(1e-12);
        }
      }),
    );
  });

  it('counts a row of weight n as n rows, and does not mind their order', () => {
    fc.assert(
      fc.property(rows, (observed) => {
        const weighted = fit(observed);
        const repeated = observed
          .flatMap((member) => Array.from({ length: member.weight }, () => member))
          .reverse();
        const plain = fitRiskCurve({
          prices: repeated.map(({ price }) => price),
          outcomes: repeated.map(({ outcome }) => outcome),
        });
        for (const { price } of observed) {
          const difference = evaluateRiskCurve(plain, price) - evaluateRiskCurve(weighted, price);
          expect(Math.abs(difference)).toBeLessThan(1e-12);
        }
      }),
    );
  });

  it('keeps only the knots the line needs', () => {
    const prices = [1, 2, 3, 4, 5, 6];
    const curve = fitRiskCurve({ prices, outcomes: [0, 0, 0, 0, 1, 1] });
    expect(curve).toEqual({ prices: [1, 4, 5, 6], risks: [0, 0, 1, 1] });
  });

  it('fits a hundred thousand violating rows in linear time', () => {
    const length = 100_000;
    const prices = Float64Array.from({ length }, (_, i) => i);
    const outcomes = Float64Array.from({ length }, (_, i) => (length - i) / length);
    const started = performance.now();
    expect(fitRiskCurve({ prices, outcomes }).prices).toEqual([0, length - 1]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('names everything that is wrong with the rows at once', () => {
    const message = refusal({
      prices: [Number.NaN, 2, 3],
      outcomes: [0, 1.5, 1],
      weights: [1, 1, -2],
    });
    expect(message).toContain('row 0: price NaN');
    expect(message).toContain('row 1: outcome 1.5');
    expect(message).toContain('row 2: weight -2');
    const many = refusal({
      prices: new Array<number>(25).fill(NaN),
      outcomes: new Array(25).fill(0),
    });
    expect(many).toContain('and 15 more');
  });

  it('refuses what it cannot fit', () => {
    expect(refusal({ prices: [1, 2], outcomes: [1] })).toContain('one outcome');
    expect(refusal({ prices: [1], outcomes: [1], weights: [] })).toContain('one weight');
    expect(refusal({ prices: [], outcomes: [] })).toContain('no row has a weight');
    expect(refusal({ prices: [1], outcomes: [1], weights: [0] })).toContain('no row has a weight');
    expect(refusal({ prices: [1, 2], outcomes: [1, 0], weights: [1e308, 1e308] })).toContain(
      'infinity',
    );
  });
});
