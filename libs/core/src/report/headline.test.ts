import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../domain/run.ts';
import { headline } from './headline.ts';
import { decision, reportInput, summary } from './test/invented-run.ts';

function headlineOf(changes: Partial<RunSummary>, more = {}): string {
  return headline(reportInput({ summary: { ...summary, ...changes }, ...more }));
}

describe('the headline of a report', () => {
  const nothingBought = { bought: 0, spent: '0.00' };

  it.each([
    [{}, 'Bought 1 security for $25.00.'],
    [{ bought: 40, spent: '1000.00' }, 'Bought 40 securities for $1,000.00.'],
    [{ mode: 'paper' }, 'Bought 1 security for $25.00 on paper.'],
    [{ status: 'nothing', ...nothingBought }, 'Nothing was bought: none of 2 orders was filled.'],
    [{ status: 'nothing', ...nothingBought, decided: 0 }, 'Nothing was bought: no order was due.'],
    [
      { status: 'skipped', ...nothingBought },
      'Nothing was done: this slot had been run before, or its time had passed.',
    ],
    [
      { status: 'partial' },
      'Bought 1 security for $25.00. Some orders were not sent, or it is not known whether they were filled.',
    ],
    [{ status: 'failed', ...nothingBought }, 'The run failed. Nothing was bought.'],
    [{ status: 'failed' }, 'The run failed. Bought 1 security for $25.00.'],
    [
      { status: 'halted', ...nothingBought },
      'Nothing was bought. The run halted before it ordered anything more.',
    ],
  ] as const)('of %o', (changes, expected) => {
    expect(headlineOf(changes)).toBe(expected);
  });

  it('does not say that nothing was bought where that is not known', () => {
    const { orders } = reportInput({});
    const open = orders.map(({ intent }) => ({ intent, result: null }));
    expect(headlineOf({ status: 'halted', ...nothingBought }, { orders: open })).toMatch(
      /^No purchase is certain\./,
    );
  });

  it('says what the kill switch kept from being bought', () => {
    const halted = { status: 'halted', ...nothingBought } as const;
    const wanted = [decision({ reason: 'kill-switch' }), decision({ id: '2' })];
    expect(headlineOf(halted, { killSwitch: true, decisions: wanted })).toBe(
      'Nothing was bought. The kill switch is on: without it 1 security would have been ordered.',
    );
    expect(headlineOf(halted, { killSwitch: true, decisions: [] })).toBe(
      'Nothing was bought. The kill switch is on.',
    );
  });
});
