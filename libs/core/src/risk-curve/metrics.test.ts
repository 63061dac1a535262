import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brierScore } from './brier-score.ts';
import { calibrationTable } from './calibration-table.ts';
import { rocAuc } from './roc-auc.ts';

const scored = fc.array(
  fc.record({ score: fc.integer({ min: 0, max: 10 }), outcome: fc.constantFrom(0, 1) }),
  { minLength: 1, maxLength: 60 },
);

describe('rocAuc', () => {
  it('is the share of pairs that are in order, ties counting half', () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const losses = rows.filter(({ outcome }) => outcome === 1);
        const others = rows.filter(({ outcome }) => outcome === 0);
        const inOrder = losses.flatMap((loss) =>
          others.map((other) => (Math.sign(loss.score - other.score) + 1) / 2),
        );
        const expected = inOrder.reduce((sum, share) => sum + share, 0) / inOrder.length;
        const auc = rocAuc(
          rows.map(({ score }) => score),
          rows.map(({ outcome }) => outcome),
        );
        if (inOrder.length === 0) expect(auc).toBeNull();
        else expect(auc).toBeCloseTo(expected, 12);
      }),
    );
  });

  it('has no value where only one outcome occurs', () => {
    expect(rocAuc([0.1, 0.9], [1, 1])).toBeNull();
    expect(rocAuc([0.1, 0.9], [0, 0])).toBeNull();
  });

  it('refuses what it cannot measure, all at once', () => {
    expect(() => rocAuc([], [])).toThrow('no rows');
    expect(() => rocAuc([Number.NaN, 0.2], [2])).toThrow(
      /2 scores and 1 outcomes[^]*row 0: a score[^]*row 0: an outcome[^]*row 1: an outcome/,
    );
  });
});

describe('brierScore', () => {
  it('is the mean squared difference', () => {
    expect(brierScore([0, 1], [0, 1])).toBe(0);
    expect(brierScore([0.5, 0.5, 0.5, 0.5], [0, 1, 1, 0])).toBe(0.25);
    expect(brierScore([0.2, 0.6], [0, 1])).toBeCloseTo(0.1, 15);
  });

  it('refuses scores that are no probabilities', () => {
    expect(() => brierScore([1.2, -0.1], [1, 0])).toThrow(/row 0: 1\.2[^]*row 1: -0\.1/);
  });
});

describe('calibrationTable', () => {
  it('puts as many rows into each bin where no scores tie', () => {
    const scores = [0.9, 0.1, 0.3, 0.5, 0.7, 0.2];
    const table = calibrationTable(scores, [1, 0, 0, 1, 1, 0], 3);
    expect(table.map(({ count }) => count)).toEqual([2, 2, 2]);
    expect(table[1]).toEqual({
      count: 2,
      lowestScore: 0.3,
      highestScore: 0.5,
      meanScore: 0.4,
      lossRate: 0.5,
    });
  });

  it('counts every row once, in rising bins, and parts no ties', () => {
    fc.assert(
      fc.property(scored, fc.integer({ min: 1, max: 12 }), (rows, bins) => {
        const table = calibrationTable(
          rows.map(({ score }) => score),
          rows.map(({ outcome }) => outcome),
          bins,
        );
        expect(table.length).toBeLessThanOrEqual(bins);
        expect(table.reduce((sum, bin) => sum + bin.count, 0)).toBe(rows.length);
        table.slice(1).forEach((bin, i) => {
          expect(bin.lowestScore).toBeGreaterThan(table[i]?.highestScore ?? Number.NaN);
        });
        const losses = table.reduce((sum, bin) => sum + bin.lossRate * bin.count, 0);
        expect(losses).toBeCloseTo(rows.filter(({ outcome }) => outcome === 1).length, 9);
      }),
    );
  });

  it('refuses a number of bins that is none', () => {
    expect(() => calibrationTable([0.5], [1], 0)).toThrow('0 is no number of bins');
    expect(() => calibrationTable([0.5], [1], 2.5)).toThrow('2.5 is no number of bins');
  });
});
