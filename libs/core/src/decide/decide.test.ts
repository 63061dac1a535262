import { describe, expect, it } from 'vitest';
import type { Decision } from '../domain/decision.ts';
import { formatMoney, parseMoney } from '../domain/money.ts';
import { decide } from './decide.ts';
import type { DecisionRequest } from './decision-request.ts';
import { droppedListing, limits, scoredListing } from './test/invented-listings.ts';

function run(changes: Partial<DecisionRequest>): string[] {
  return decide(request(changes)).map(asText);
}

function request(changes: Partial<DecisionRequest>): DecisionRequest {
  return {
    scored: [],
    dropped: [],
    threshold: 0.04,
    limits: limits(),
    cash: parseMoney('10000.00'),
    held: new Set(),
    unknown: new Set(),
    killSwitch: false,
    ...changes,
  };
}

function asText({ id, decision, amount, reason }: Decision): string {
  return `${id} ${decision} ${formatMoney(amount)} ${reason}`;
}

function refusal(changes: Partial<DecisionRequest>): { code: string; message: string } {
  try {
    decide(request(changes));
  } catch (error) {
    return error as { code: string; message: string };
  }
  return { code: 'none', message: 'it decided' };
}

const bought = 'buy 25.00 edge-beyond-threshold';

describe('decide', () => {
  it('buys where q is below r by more than the threshold, and not by exactly it', () => {
    const scored = [
      scoredListing({ id: 'exact', q: 0.5, r: 0.75 }),
      scoredListing({ id: 'beyond', q: 0.5, r: 0.7500001 }),
      scoredListing({ id: 'risky', q: 0.9, r: 0.1 }),
    ];
    expect(run({ scored, threshold: 0.25 })).toEqual([
      `beyond ${bought}`,
      'exact skip 0.00 edge-within-threshold',
      'risky skip 0.00 edge-within-threshold',
    ]);
  });

  it('says what it saw of each row', () => {
    const [decision] = decide(request({ scored: [scoredListing({ id: 'a', q: 0.1, r: 0.3 })] }));
    expect(decision).toMatchObject({ price: 12.5, group: '36', q: 0.1, r: 0.3, edge: 0.1 - 0.3 });
  });

  it('serves the best edge first, then the id as text', () => {
    const scored = ['b', '10', '9', 'B'].map((id) => scoredListing({ id, q: 0.1, r: 0.2 }));
    scored.push(scoredListing({ id: 'z', q: 0.05, r: 0.3 }));
    const cash = parseMoney('75.00');
    expect(run({ scored, cash })).toEqual([
      `z ${bought}`,
      `10 ${bought}`,
      `9 ${bought}`,
      'B skip 0.00 cash-limit',
      'b skip 0.00 cash-limit',
    ]);
  });

  it('puts rows without an edge last, with the reason they were dropped', () => {
    const dropped = [droppedListing('y', 'missing-value'), droppedListing('x', 'no-own-data')];
    const scored = [scoredListing({ id: 'z', q: 0.5, r: 0.1 })];
    expect(run({ scored, dropped })).toEqual([
      'z skip 0.00 edge-within-threshold',
      'x skip 0.00 no-own-data',
      'y skip 0.00 missing-value',
    ]);
  });

  it.each([
    ['fully-funded', { remaining: '0.00' }, {}],
    ['below-minimum-order', { remaining: '24.99' }, {}],
    ['listing-share-limit', { amount: '99.99' }, {}],
    [
      'group-limit',
      {},
      { limits: limits({ perGroup: { default: parseMoney('24'), byGroup: {} } }) },
    ],
    [
      'group-limit',
      {},
      { limits: limits({ perGroup: { default: null, byGroup: { 36: parseMoney('0') } } }) },
    ],
    ['run-limit', {}, { limits: limits({ perRun: parseMoney('20.00') }) }],
    ['run-limit', {}, { spentInRun: parseMoney('980.00') }],
    ['cash-limit', {}, { cash: parseMoney('24.99') }],
    ['cash-limit', {}, { cash: parseMoney('-10.00') }],
    ['below-minimum-order', {}, { limits: limits({ perOrder: parseMoney('20.00') }) }],
    ['already-held', {}, { held: new Set(['a']) }],
    ['order-unknown', {}, { unknown: new Set(['a']), held: new Set(['a']) }],
    ['kill-switch', {}, { killSwitch: true }],
  ] as const)('skips with %s where that is what stands in the way (%#)', (reason, row, changes) => {
    const scored = [scoredListing({ id: 'a', q: 0.05, r: 0.3, ...row })];
    expect(run({ scored, ...changes })).toEqual([`a skip 0.00 ${reason}`]);
  });

  it('names the first of several limits that are equally tight', () => {
    const nothing = parseMoney('0');
    // Everything stands in the way at first; then one after the other is taken away.
    const remaining = { id: 'a', q: 0.05, r: 0.3, remaining: '0.00' };
    const cash = parseMoney('-5.00');
    const none = { perRun: nothing, perOrder: nothing, listingShare: '0' };
    const noGroup = { default: nothing, byGroup: {} };
    const reasons = [
      { row: remaining, cash, limits: limits({ ...none, perGroup: noGroup }) },
      { cash, limits: limits({ ...none, perGroup: noGroup }) },
      { cash, limits: limits({ ...none, perGroup: noGroup, listingShare: '1' }) },
      { cash, limits: limits({ ...none, listingShare: '1' }) },
      { cash, limits: limits({ perOrder: nothing }) },
      { limits: limits({ perOrder: nothing }) },
    ].map(({ row, ...changes }) => {
      const scored = [scoredListing(row ?? { ...remaining, remaining: '500.00' })];
      return run({ scored, ...changes })[0]
        ?.split(' ')
        .at(-1);
    });
    expect(reasons).toEqual([
      'fully-funded',
      'listing-share-limit',
      'group-limit',
      'run-limit',
      'cash-limit',
      'below-minimum-order',
    ]);
  });

  it('gives each order what every limit leaves, in whole steps', () => {
    const scored = [
      scoredListing({ id: 'share', q: 0, r: 0.5, amount: '1000.00' }),
      scoredListing({ id: 'rest', q: 0, r: 0.4, remaining: '99.00' }),
      scoredListing({ id: 'run', q: 0, r: 0.3 }),
    ];
    const wide = limits({ perOrder: parseMoney('500'), perRun: parseMoney('460') });
    expect(run({ scored, limits: wide })).toEqual([
      'share buy 250.00 edge-beyond-threshold',
      'rest buy 75.00 edge-beyond-threshold',
      'run buy 125.00 edge-beyond-threshold',
    ]);
  });

  it('tries the next candidate where one does not fit', () => {
    const scored = [
      scoredListing({ id: 'small', q: 0, r: 0.5, amount: '80.00' }),
      scoredListing({ id: 'next', q: 0, r: 0.4 }),
    ];
    expect(run({ scored })).toEqual(['small skip 0.00 listing-share-limit', `next ${bought}`]);
  });

  it('counts what a group holds already', () => {
    const scored = [
      scoredListing({ id: 'a', q: 0, r: 0.5, group: '36' }),
      scoredListing({ id: 'b', q: 0, r: 0.4, group: '36' }),
      scoredListing({ id: 'c', q: 0, r: 0.3, group: 'constructor' }),
    ];
    const perGroup = { default: null, byGroup: { 36: parseMoney('100.00') } };
    const spentByGroup = new Map([['36', parseMoney('75.00')]]);
    expect(run({ scored, limits: limits({ perGroup }), spentByGroup })).toEqual([
      `a ${bought}`,
      'b skip 0.00 group-limit',
      `c ${bought}`,
    ]);
    expect(spentByGroup.get('36')?.toString()).toBe('75');
  });

  it('shows with the kill switch on what it would have bought, and keeps the other reasons', () => {
    const scored = [
      scoredListing({ id: 'a', q: 0, r: 0.5 }),
      scoredListing({ id: 'b', q: 0, r: 0.4 }),
      scoredListing({ id: 'c', q: 0.4, r: 0.4 }),
    ];
    expect(run({ scored, killSwitch: true, cash: parseMoney('25') })).toEqual([
      'a skip 0.00 kill-switch',
      'b skip 0.00 cash-limit',
      'c skip 0.00 edge-within-threshold',
    ]);
  });

  it('refuses settings that make no sense, all at once', () => {
    const nonsense = limits({
      listingShare: '25%',
      step: parseMoney('0'),
      perRun: parseMoney('-1'),
      perGroup: { default: parseMoney('-2'), byGroup: { 60: parseMoney('-3') } },
    });
    const { code, message } = refusal({
      threshold: Number.NaN,
      limits: nonsense,
      cash: parseMoney('1').dividedBy(0),
      spentByGroup: new Map([['36', parseMoney('-4')]]),
      spentInRun: parseMoney('-5'),
    });
    expect(code).toBe('CONFIG_INVALID');
    for (const name of [
      'threshold: NaN',
      'cash: Infinity',
      'listingShare: "25%"',
      'step: 0',
      'perRun: -1',
      'perGroup.default: -2',
      'perGroup.byGroup.60: -3',
      'spentByGroup 36: -4',
      'spentInRun: -5',
    ]) {
      expect(message).toContain(name);
    }
    expect(refusal({ limits: limits({ listingShare: '1.01' }) }).message).toContain('"1.01"');
  });

  it('refuses rows it cannot trust, all at once', () => {
    const scored = [
      scoredListing({ id: 'nan', q: Number.NaN, r: 0.5 }),
      scoredListing({ id: 'over', q: 0.1, r: 1.5 }),
      scoredListing({ id: 'twice', q: 0.1, r: 0.5 }),
      scoredListing({ id: 'twice', q: 0.2, r: 0.5 }),
      {
        ...scoredListing({ id: 'endless', q: 0.1, r: 0.5 }),
        remaining: parseMoney('1').dividedBy(0),
      },
    ];
    const { code, message } = refusal({ scored });
    expect(code).toBe('DATA_INVALID');
    expect(message).toContain('nan: q is NaN');
    expect(message).toContain('over: r is 1.5');
    expect(message).toContain('twice: scored 2 times');
    expect(message).toContain('endless: remaining is Infinity');
    const many = Array.from({ length: 14 }, (_, i) => scoredListing({ id: `${i}`, q: 2, r: 0 }));
    expect(refusal({ scored: many }).message).toContain('and 4 more');
  });
});
