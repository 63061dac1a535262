import { describe, expect, it } from 'vitest';
import { loadModel } from './load-model.ts';
import { score } from './score.ts';
import { enrichedListing } from './test/enriched-listing.ts';
import { tinyBundle, tinyProbability } from './test/tiny-bundle.ts';
import type { RiskOf } from './verify-parity.ts';

const asOf = '2010-12-15';
const model = await loadModel({ bundle: tinyBundle({}), where: 'models/tiny/1' });

describe('score', () => {
  it('gives each listing both views of its risk, or drops and names it', async () => {
    const riskOf: RiskOf = (group, price) => (group === '36' ? price / 100 : null);
    const { rows, dropped } = await score({
      rows: [
        enrichedListing('1'),
        enrichedListing('2', { addrState: 'TX' }),
        { ...enrichedListing('3'), group: '60' },
        { ...enrichedListing('4', { intRate: 20 }), price: 20 },
      ],
      model,
      riskOf,
      asOf,
    });
    expect(rows.map(({ id, r }) => [id, r])).toEqual([
      ['1', 0.125],
      ['4', 0.2],
    ]);
    expect(rows[0]?.q).toBeCloseTo(tinyProbability([12.5, 20.25, 189, 1, 1, -0.5, 9.5]), 6);
    expect(rows[1]?.q).toBeCloseTo(tinyProbability([20, 20.25, 189, 1, 1, -0.5, 9.5]), 6);
    expect(rows[0]?.own).toEqual({ rates: { rate: 9.5, rate_relative: -0.5 } });
    expect(dropped.map(({ id, reason, detail }) => [id, reason, detail])).toEqual([
      ['2', 'unseen-category', 'state: "TX" was not seen in training'],
      ['3', 'no-risk-curve', 'no risk curve for the group "60"'],
    ]);
  });

  it('has nothing to say of nothing', async () => {
    expect(await score({ rows: [], model, riskOf: () => 0.1, asOf })).toEqual({
      rows: [],
      dropped: [],
    });
  });

  it.each([1.5, -0.1, Number.NaN])('does not pass on a market risk of %s', async (risk) => {
    await expect(
      score({ rows: [enrichedListing('1')], model, riskOf: () => risk, asOf }),
    ).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
