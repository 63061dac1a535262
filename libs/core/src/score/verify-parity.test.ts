import { describe, expect, it } from 'vitest';
import { loadModel } from './load-model.ts';
import { tinyBundle, tinyProbability } from './test/tiny-bundle.ts';
import { type RiskOf, verifyParity } from './verify-parity.ts';

const header =
  'id,asOf,price,group,number:intRate,number:dti,text:earliestCrLine,text:homeOwnership,text:addrState,own:rates:rate,own:rates:rate_relative,q,r';
const first = tinyProbability([12.5, 20.25, 189, 1, 1, -0.5, 9.5]);
const second = tinyProbability([24.5, 17.5, 120, -2, 0, 0.25, 5]);
const third = tinyProbability([7, 1, 1, -1, 0, 0, 1]);
const rows = [
  `one,2010-12-15,12.5,36,12.5,20.25,1995-03-31,OWN,NV,9.5,-0.5,${first},0.125`,
  `two,2010-12-15,24.5,36,24.5,,,,CA,,0.25,${second},0.245`,
  `three,2011-02-01,7.0,36,7.0,1,2011-01-31,planted,CA,1e0,0,${third},0.07`,
];
const textOf = (lines: readonly string[]) => [header, ...lines, ''].join('\n');
const riskOf: RiskOf = (_group, price) => price / 100;

const load = (lines: readonly string[], parityRows = lines.length) => {
  const parityText = textOf(lines);
  return loadModel({ bundle: tinyBundle({ parityText, parityRows }), where: 'models/tiny/1' });
};

describe('verifyParity', () => {
  it('reports how close the two are, over filled, unseen and dated values', async () => {
    const model = await load(rows);
    const report = await verifyParity(model, textOf(rows), riskOf);
    expect(report.rows).toBe(3);
    expect(report.largestDifference).toBeGreaterThan(0);
    expect(report.largestDifference).toBeLessThan(1e-6);
    expect(report.largestRiskDifference).toBeLessThan(1e-12);
    expect(await verifyParity(model, textOf(rows))).toMatchObject({ largestRiskDifference: null });
    await model.close();
  });

  it('refuses a model whose scores differ, and names the worst row', async () => {
    const [one = '', two = '', three = ''] = rows;
    const off = two.replace(String(second), String(second + 0.25));
    const less = three.replace(String(third), String(third + 0.001));
    await expect(load([one, off, less])).rejects.toMatchObject({
      code: 'MODEL_PARITY',
      message: expect.stringMatching(
        /2 of 3 rows differ in q by more than 0\.000001; the worst, row "two" has q 0\.\d+, not 0\.\d+/,
      ) as string,
    });
  });

  it('refuses risk curves that differ or are not there', async () => {
    const model = await load(rows);
    const verify = (other: RiskOf) => verifyParity(model, textOf(rows), other);
    await expect(verify((_group, price) => price / 100 + 1e-8)).rejects.toMatchObject({
      code: 'MODEL_PARITY',
      message: expect.stringContaining('3 of 3 rows differ in r') as string,
    });
    await expect(verify((_group, price) => (price > 20 ? null : price / 100))).rejects.toThrow(
      'row "two" has r none, not 0.245',
    );
    await model.close();
  });

  it('refuses a row that cannot be scored here', async () => {
    const unscorable = (rows[0] ?? '').replace(',NV,', ',TX,');
    await expect(load([unscorable])).rejects.toMatchObject({
      code: 'MODEL_PARITY',
      message: expect.stringContaining('row "one", but here state: "TX" was not seen') as string,
    });
  });

  it('refuses another parity set than the manifest’s', async () => {
    const model = await load(rows);
    await expect(verifyParity(model, textOf(rows.slice(1)))).rejects.toMatchObject({
      code: 'MODEL_CORRUPT',
    });
    await model.close();
    await expect(load(rows, 4)).rejects.toMatchObject({
      code: 'MODEL_CORRUPT',
      message: expect.stringContaining('3 rows, where the manifest names 4') as string,
    });
  });

  it.each([
    ['a number that is none', [(rows[0] ?? '').replace('20.25', 'nan')], 'number:dti is "nan"'],
    ['no score', [(rows[0] ?? '').replace(String(first), '')], 'row 1: it has no q'],
    ['a day that is none', [(rows[0] ?? '').replace('2010-12-15', '2010-12-32')], 'row 1: '],
    ['too few cells', ['one,2010-12-15'], 'parity.csv cannot be read'],
  ])('refuses a parity set with %s', async (_name, lines, problem) => {
    await expect(load(lines)).rejects.toMatchObject({
      code: 'MODEL_CORRUPT',
      message: expect.stringContaining(problem) as string,
    });
  });
});
