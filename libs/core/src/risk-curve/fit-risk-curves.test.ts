import { describe, expect, it } from 'vitest';
import { fitRiskCurves } from './fit-risk-curves.ts';
import { riskOf } from './risk-of.ts';

const rows = [
  { group: '36', price: 6, outcome: 0 },
  { group: '60', price: 6, outcome: 1 },
  { group: '36', price: 12, outcome: 1 },
  { group: '60', price: 12, outcome: 1, weight: 3 },
];

describe('fitRiskCurves', () => {
  const curves = fitRiskCurves(rows);

  it('fits each group by itself', () => {
    expect(curves).toEqual({
      36: { prices: [6, 12], risks: [0, 1] },
      60: { prices: [6, 12], risks: [1, 1] },
    });
    expect(riskOf(curves, '36', 9)).toBe(0.5);
    expect(riskOf(curves, '60', 9)).toBe(1);
  });

  it('has no view of a group without a curve', () => {
    expect(riskOf(curves, '84', 9)).toBeNull();
    expect(riskOf(curves, 'constructor', 9)).toBeNull();
    expect(riskOf(curves, '__proto__', 9)).toBeNull();
  });

  it('takes any text as the name of a group', () => {
    const odd = fitRiskCurves([{ group: '__proto__', price: 1, outcome: 1 }]);
    expect(riskOf(odd, '__proto__', 9)).toBe(1);
  });

  it('refuses a price that is not a number, in whatever group', () => {
    expect(() => riskOf(curves, '36', Number.NaN)).toThrow('NaN');
  });
});
