import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { brierScore, evaluateRiskCurve, fitRiskCurve, rocAuc } from './index.ts';

interface Recorded {
  readonly isotonic: readonly {
    readonly name: string;
    readonly prices: readonly number[];
    readonly outcomes: readonly number[];
    readonly weights: readonly number[] | null;
    readonly knots: { readonly prices: readonly number[]; readonly risks: readonly number[] };
    readonly at: readonly number[];
    readonly risks: readonly number[];
  }[];
  readonly metrics: readonly {
    readonly name: string;
    readonly scores: readonly number[];
    readonly outcomes: readonly number[];
    readonly rocAuc: number;
    readonly brier: number;
  }[];
}

const file = new URL('fixtures/scikit-learn-cases.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded;

function largestDifference(ours: readonly number[], theirs: readonly number[]): number {
  expect(ours).toHaveLength(theirs.length);
  return Math.max(0, ...ours.map((value, i) => Math.abs(value - (theirs[i] ?? Number.NaN))));
}

describe('what scikit-learn found on the same rows', () => {
  it.each(recorded.isotonic)('curve: $name', ({ prices, outcomes, weights, knots, at, risks }) => {
    const curve = fitRiskCurve({ prices, outcomes, weights: weights ?? undefined });
    expect(curve.prices).toEqual(knots.prices);
    expect(largestDifference(curve.risks, knots.risks)).toBeLessThanOrEqual(1e-12);
    const ours = at.map((price) => evaluateRiskCurve(curve, price));
    expect(largestDifference(ours, risks)).toBeLessThanOrEqual(1e-12);
  });

  it.each(recorded.metrics)('metrics: $name', (theirs) => {
    const auc = rocAuc(theirs.scores, theirs.outcomes);
    expect(Math.abs((auc ?? Number.NaN) - theirs.rocAuc)).toBeLessThanOrEqual(1e-12);
    const brier = brierScore(theirs.scores, theirs.outcomes);
    expect(Math.abs(brier - theirs.brier)).toBeLessThanOrEqual(1e-12);
  });

  it('covers the awkward shapes', () => {
    expect(recorded.isotonic.length).toBeGreaterThanOrEqual(30);
    expect(recorded.isotonic.some(({ weights }) => weights !== null)).toBe(true);
  });
});
