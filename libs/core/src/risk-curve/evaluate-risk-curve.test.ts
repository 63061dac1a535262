import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateRiskCurve } from './evaluate-risk-curve.ts';

const knots = { prices: [6, 10, 14, 20], risks: [0.02, 0.1, 0.1, 0.4] };

describe('evaluateRiskCurve', () => {
  it('passes through its knots and is straight between them', () => {
    expect(knots.prices.map((price) => evaluateRiskCurve(knots, price))).toEqual(knots.risks);
    expect(evaluateRiskCurve(knots, 8)).toBeCloseTo(0.06, 15);
    expect(evaluateRiskCurve(knots, 12)).toBe(0.1);
    expect(evaluateRiskCurve(knots, 17)).toBeCloseTo(0.25, 15);
  });

  it('keeps the outermost risk beyond what was seen', () => {
    expect(evaluateRiskCurve(knots, -1e308)).toBe(0.02);
    expect(evaluateRiskCurve(knots, 1e308)).toBe(0.4);
    expect(evaluateRiskCurve({ prices: [5], risks: [0.3] }, 4)).toBe(0.3);
    expect(evaluateRiskCurve({ prices: [5], risks: [0.3] }, 5)).toBe(0.3);
    expect(evaluateRiskCurve({ prices: [5], risks: [0.3] }, 6)).toBe(0.3);
  });

  it('never falls, whatever the prices', () => {
    const anyPrice = fc.double({ noNaN: true, noDefaultInfinity: true });
    const anyKnots = fc
      .uniqueArray(anyPrice, { minLength: 1, maxLength: 8, comparator: (a, b) => a === b })
      .map((prices) => prices.sort((a, b) => a - b))
      .chain((prices) =>
        fc
          .array(fc.double({ min: 0, max: 1, noNaN: true }), {
            minLength: prices.length,
            maxLength: prices.length,
          })
          .map((risks) => ({ prices, risks: risks.sort((a, b) => a - b) })),
      );
    fc.assert(
      fc.property(anyKnots, anyPrice, anyPrice, (curve, one, other) => {
        const lower = evaluateRiskCurve(curve, Math.min(one, other));
        const higher = evaluateRiskCurve(curve, Math.max(one, other));
        expect(lower).toBeLessThanOrEqual(higher);
        expect(lower).toBeGreaterThanOrEqual(curve.risks[0] ?? 0);
        expect(higher).toBeLessThanOrEqual(curve.risks.at(-1) ?? 1);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuses the price %s',
    (price) => {
      expect(() => evaluateRiskCurve(knots, price)).toThrow(`price ${price} is not a number`);
    },
  );

  it('refuses a curve without knots', () => {
    expect(() => evaluateRiskCurve({ prices: [], risks: [] }, 1)).toThrow('no knots');
  });
});
