import { parseMoney, type Decision } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { decisionsTable } from './decisions-table.ts';

function decision(id: string, given: Partial<Decision> = {}): Decision {
  return {
    id,
    price: 12.5,
    group: '36',
    r: 0.15,
    q: 0.05,
    edge: -0.1,
    decision: 'buy',
    amount: parseMoney('25.00'),
    reason: 'edge-beyond-threshold',
    ...given,
  };
}

const skip = (id: string, reason: Decision['reason']): Decision =>
  decision(id, { decision: 'skip', amount: parseMoney('0.00'), reason });

const idsOf = (table: string): string[] =>
  table
    .split('\n')
    .slice(2)
    .map((line) => line.split(/\s/)[0] ?? '');

describe('decisionsTable', () => {
  it('lines up its columns under their names', () => {
    const dropped = { price: null, r: null, q: null, edge: null };
    const table = decisionsTable(
      [
        decision('1001', { price: 7.4, amount: parseMoney('1025.00') }),
        { ...skip('9', 'no-own-data'), ...dropped },
      ],
      { buys: 5, skips: 5 },
    );
    expect(table.split('\n')).toEqual([
      'listing  price       r       q     edge  decision  amount   reason',
      '───────  ─────  ──────  ──────  ───────  ────────  ───────  ─────────────────────',
      '1001      7.40  0.1500  0.0500  -0.1000  buy       1025.00  edge-beyond-threshold',
      '9            –       –       –        –  skip               no-own-data',
    ]);
  });

  it('shows the best buys, and no more than asked for', () => {
    const decisions = ['1', '2', '3'].map((id) => decision(id));
    expect(idsOf(decisionsTable(decisions, { buys: 2, skips: 2 }))).toEqual(['1', '2']);
  });

  it('shows each reason for a refusal once before any twice, in the order decided', () => {
    const skips = [
      skip('1', 'run-limit'),
      skip('2', 'run-limit'),
      skip('3', 'run-limit'),
      skip('4', 'edge-within-threshold'),
      skip('5', 'no-own-data'),
    ];
    expect(idsOf(decisionsTable(skips, { buys: 9, skips: 3 }))).toEqual(['1', '4', '5']);
    expect(idsOf(decisionsTable(skips, { buys: 9, skips: 4 }))).toEqual(['1', '2', '4', '5']);
  });

  it('is a head alone where nothing was decided', () => {
    expect(decisionsTable([], { buys: 1, skips: 1 }).split('\n')).toHaveLength(2);
  });
});
