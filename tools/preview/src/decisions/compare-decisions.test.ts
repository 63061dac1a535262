import { parseMoney, type Decision } from '@mispriced/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecisions } from './compare-decisions.ts';

const decision = (id: string, given: Partial<Decision> = {}): Decision => ({
  id,
  price: 10,
  group: '36',
  r: 0.1,
  q: 0.05,
  edge: -0.05,
  decision: 'buy',
  amount: parseMoney('25.00'),
  reason: 'edge-beyond-threshold',
  ...given,
});
const skip = {
  decision: 'skip',
  amount: parseMoney('0.00'),
  reason: 'edge-within-threshold',
} as const;

describe('compareDecisions', () => {
  it('names what one run bought and the other did not, with both reasons', () => {
    const here = [decision('1'), decision('2', skip), decision('3')];
    const base = [decision('1'), decision('2'), decision('3', skip)];
    expect(compareDecisions(here, base)).toEqual({
      compared: 3,
      same: 1,
      changed: [
        {
          id: '2',
          here: { decision: 'skip', amount: '0.00', reason: 'edge-within-threshold', edge: -0.05 },
          base: { decision: 'buy', amount: '25.00', reason: 'edge-beyond-threshold', edge: -0.05 },
        },
        expect.objectContaining({ id: '3' }),
      ],
    });
  });

  it('sees another amount and another reason, and a listing that one run did not have', () => {
    const here = [
      decision('1', { amount: parseMoney('50.00') }),
      decision('2', { ...skip, reason: 'run-limit' }),
      decision('only-here'),
    ];
    const base = [decision('1'), decision('2', skip), decision('only-there')];
    const { changed } = compareDecisions(here, base);
    expect(changed.map(({ id }) => id)).toEqual(['1', '2', 'only-here', 'only-there']);
    expect(changed[2]?.base).toBeNull();
    expect(changed[3]?.here).toBeNull();
  });

  it('does not care for another edge, where nothing comes of it', () => {
    expect(compareDecisions([decision('1', { edge: -0.06 })], [decision('1')]).changed).toEqual([]);
  });

  it('counts every listing once, as the same or as changed', () => {
    const one = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), buy: fc.boolean() });
    const run = fc.uniqueArray(one, { selector: ({ id }) => id });
    fc.assert(
      fc.property(run, run, (here, base) => {
        const decided = (rows: typeof here) =>
          rows.map(({ id, buy }) => decision(id, buy ? {} : skip));
        const { compared, same, changed } = compareDecisions(decided(here), decided(base));
        const bought = (rows: typeof here, id: string) => rows.find((each) => each.id === id)?.buy;
        const ids = [...new Set([...here, ...base].map(({ id }) => id))];
        const expected = ids.filter((id) => bought(here, id) !== bought(base, id));
        expect(changed.map(({ id }) => id).sort()).toEqual(expected.sort());
        expect([compared, same]).toEqual([ids.length, ids.length - expected.length]);
      }),
    );
  });
});
