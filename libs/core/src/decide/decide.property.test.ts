import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropReasons } from '../domain/decision.ts';
import {
  ceilToStep,
  type Money,
  parseMoney,
  shareOfMoney,
  sumMoney,
  zeroMoney,
} from '../domain/money.ts';
import { decide } from './decide.ts';
import type { DecisionRequest } from './decision-request.ts';
import { droppedListing, scoredListing } from './test/invented-listings.ts';

const cents = (most: number): fc.Arbitrary<string> =>
  fc.noBias(fc.integer({ min: 0, max: most * 100 })).map((value) => (value / 100).toFixed(2));
const money = (most: number) => cents(most).map((text) => parseMoney(text));
// Few distinct probabilities, so that equal edges are common, and some that are any double.
const probability = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const group = fc.constantFrom('36', '60', '84');
const ids = fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 25, size: 'max' });

const fewOf = (names: string[]) => fc.subarray(names, { maxLength: Math.ceil(names.length / 5) });

const request: fc.Arbitrary<DecisionRequest> = ids.chain((names) => {
  const scoredNames = names.slice(0, Math.ceil(names.length * 0.8));
  const droppedNames = names.slice(scoredNames.length);
  const scored = scoredNames.map((id) =>
    fc
      .record({
        q: probability,
        r: probability,
        group,
        amount: cents(4000),
        remaining: fc.oneof(cents(50), cents(4000)),
      })
      .map((row) => scoredListing({ id, ...row })),
  );
  const dropped = droppedNames.map((id) =>
    fc.constantFrom(...dropReasons).map((reason) => droppedListing(id, reason)),
  );
  return fc.record(
    {
      scored: fc.tuple(...scored),
      dropped: fc.tuple(...dropped),
      threshold: fc.oneof(
        fc.constantFrom(0, 0.04, 0.05),
        fc.double({ min: -0.2, max: 0.3, noNaN: true }),
      ),
      limits: fc.record({
        perOrder: money(300),
        perRun: money(1500),
        perDay: money(1500),
        perMonth: money(3000),
        perGroup: fc.option(
          fc.record({
            default: fc.option(money(600)),
            byGroup: fc.dictionary(group, money(600)),
          }),
        ),
        listingShare: fc.constantFrom('0', '0.1', '0.25', '0.333', '1'),
        minimumOrder: money(40),
        step: fc.constantFrom('0.01', '1', '25').map((text) => parseMoney(text)),
      }),
      cash: fc
        .integer({ min: -5_000, max: 200_000 })
        .map((value) => parseMoney(value).dividedBy(100)),
      held: fewOf(names).map((some) => new Set(some)),
      unknown: fewOf(names).map((some) => new Set(some)),
      killSwitch: fc.boolean(),
      spentByGroup: fc.dictionary(group, money(100)).map((spent) => new Map(Object.entries(spent))),
      spentInRun: money(200),
      spentAround: fc.record({ day: money(500), month: money(1500) }),
      roundsUpTo: fc.constantFrom(null, parseMoney('25'), parseMoney('1')),
    },
    {
      requiredKeys: [
        'scored',
        'dropped',
        'threshold',
        'limits',
        'cash',
        'held',
        'unknown',
        'killSwitch',
      ],
    },
  );
});

const alive = request.map((given) => ({ ...given, killSwitch: false }));

describe('for any market, account and limits, decide', () => {
  it('never exceeds a limit', () => {
    let buys = 0;
    const check = (given: DecisionRequest): void => {
      const bought = decide(given).filter(({ decision }) => decision === 'buy');
      buys += bought.length;
      // Whatever the venue makes of it.
      const mostOf = (amount: Money): Money =>
        given.roundsUpTo ? ceilToStep(amount, given.roundsUpTo) : amount;
      const spent = sumMoney(bought.map(({ amount }) => mostOf(amount)));
      const spentBefore = given.spentInRun ?? parseMoney('0');
      if (bought.length > 0) {
        expect(spent.lessThanOrEqualTo(given.cash)).toBe(true);
        expect(spent.plus(spentBefore).lessThanOrEqualTo(given.limits.perRun)).toBe(true);
        const { day, month } = given.spentAround ?? { day: zeroMoney, month: zeroMoney };
        expect(spent.plus(day).lessThanOrEqualTo(given.limits.perDay)).toBe(true);
        expect(spent.plus(month).lessThanOrEqualTo(given.limits.perMonth)).toBe(true);
      }
      for (const { id, amount, edge } of bought) {
        const listing = given.scored.find((row) => row.id === id);
        if (!listing) throw new Error('bought what was not on offer');
        const { perOrder, minimumOrder, step, listingShare } = given.limits;
        expect(amount.greaterThan(0)).toBe(true);
        expect(mostOf(amount).lessThanOrEqualTo(perOrder)).toBe(true);
        expect(amount.greaterThanOrEqualTo(minimumOrder)).toBe(true);
        expect(amount.modulo(step).isZero()).toBe(true);
        expect(amount.lessThanOrEqualTo(listing.remaining)).toBe(true);
        expect(amount.lessThanOrEqualTo(shareOfMoney(listing.amount, listingShare))).toBe(true);
        expect(edge).toBeLessThan(-given.threshold);
        expect(given.held.has(id) || given.unknown.has(id)).toBe(false);
      }
      const groups = new Set(bought.map((row) => row.group ?? ''));
      for (const name of groups) {
        const limit = given.limits.perGroup?.byGroup[name] ?? given.limits.perGroup?.default;
        if (!limit) continue;
        const inGroup = bought
          .filter((row) => row.group === name)
          .map(({ amount }) => mostOf(amount));
        const before = given.spentByGroup?.get(name) ?? parseMoney('0');
        expect(sumMoney(inGroup).plus(before).lessThanOrEqualTo(limit)).toBe(true);
      }
    };
    fc.assert(fc.property(alive, check), { numRuns: 1500 });
    // Otherwise the property would hold because nothing is ever bought.
    expect(buys).toBeGreaterThan(500);
  });

  it('decides every row once, in the order of edge, then id', () => {
    fc.assert(
      fc.property(request, (given) => {
        const decisions = decide(given);
        const rows = [...given.scored, ...given.dropped].map(({ id }) => id);
        expect(decisions.map(({ id }) => id).sort()).toEqual(rows.sort());
        decisions.slice(1).forEach((later, i) => {
          const earlier = decisions[i];
          if (!earlier) throw new Error('unreachable');
          const [a, b] = [earlier.edge ?? Infinity, later.edge ?? Infinity];
          expect(a < b || (a === b && earlier.id < later.id)).toBe(true);
        });
        for (const row of decisions) {
          const { decision, reason, amount } = row;
          expect(decision === 'buy').toBe(reason === 'edge-beyond-threshold');
          expect(amount.isZero()).toBe(decision === 'skip');
        }
      }),
    );
  });

  it('buys nothing with the kill switch on, and names what it would have bought', () => {
    fc.assert(
      fc.property(alive, (given) => {
        const live = decide(given);
        const killed = decide({ ...given, killSwitch: true });
        expect(killed.every(({ decision }) => decision === 'skip')).toBe(true);
        expect(killed.map(({ reason }) => reason)).toEqual(
          live.map(({ decision, reason }) => (decision === 'buy' ? 'kill-switch' : reason)),
        );
      }),
    );
  });

  it('buys no more, and the same of each, with a stricter threshold', () => {
    fc.assert(
      fc.property(alive, fc.double({ min: 0, max: 0.3, noNaN: true }), (given, stricter) => {
        const loose = new Map(decide(given).map((row) => [row.id, row]));
        const strict = decide({ ...given, threshold: given.threshold + stricter });
        for (const row of strict.filter(({ decision }) => decision === 'buy')) {
          expect(loose.get(row.id)).toEqual(row);
        }
      }),
    );
  });

  it('gives the same decisions whatever the order of the rows', () => {
    const shuffled = alive.chain((given) =>
      fc.record({
        given: fc.constant(given),
        scored: fc.shuffledSubarray([...given.scored], { minLength: given.scored.length }),
        dropped: fc.shuffledSubarray([...given.dropped], { minLength: given.dropped.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ given, scored, dropped }) => {
        expect(decide({ ...given, scored, dropped })).toEqual(decide(given));
      }),
    );
  });
});
