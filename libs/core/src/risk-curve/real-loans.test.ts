import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fixturesFolder } from '@mispriced/testing';
import { describe, expect, it } from 'vitest';
import { brierScore, calibrationTable, evaluateRiskCurve, fitRiskCurve, rocAuc } from './index.ts';

const folder = fixturesFolder();

function loans(file: string) {
  const [header = '', ...lines] = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  const columns = header.trim().split(',');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const cells = line.split(',');
      const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
      return {
        issued: cell('issue_d'),
        price: Number(cell('int_rate')),
        outcome: Number(cell('default')),
      };
    });
}

describe.skipIf(folder === null)('a risk curve of real loans', () => {
  it('fitted before 2010 and measured on 2010 scores as scikit-learn does', () => {
    const all = loans(join(folder ?? '', 'data', 'lendingclub_2007_2010.csv.gz'));
    const before = all.filter(({ issued }) => issued < '2010');
    const later = all.filter(({ issued }) => issued >= '2010');
    const curve = fitRiskCurve({
      prices: before.map(({ price }) => price),
      outcomes: before.map(({ outcome }) => outcome),
    });
    const scores = later.map(({ price }) => evaluateRiskCurve(curve, price));
    const outcomes = later.map(({ outcome }) => outcome);

    // scikit-learn 1.9.1 on the same 8,277 and 12,537 loans.
    expect([before.length, later.length, curve.prices.length]).toEqual([8277, 12537, 32]);
    expect(rocAuc(scores, outcomes)).toBeCloseTo(0.6588880893072292, 12);
    expect(brierScore(scores, outcomes)).toBeCloseTo(0.11666553823884457, 12);

    const table = calibrationTable(scores, outcomes, 5);
    expect(table.reduce((sum, bin) => sum + bin.count, 0)).toBe(12537);
    expect(table[0]?.lossRate).toBeLessThan(table.at(-1)?.lossRate ?? 0);
  });
});
