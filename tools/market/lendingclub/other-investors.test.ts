import { formatMoney, parseMoney } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { othersBuyAll, othersBuyBySeed, othersLeaveHalf, type Turn } from './other-investors.ts';

const turn: Turn = {
  loanId: 1,
  remaining: parseMoney('10000'),
  wanted: parseMoney('25'),
  first: true,
};
const ids = Array.from({ length: 4000 }, (_, index) => index + 1);

function takenBySeed(seed: number): string[] {
  const othersBuy = othersBuyBySeed(seed, { vanishShare: 0.2, partialShare: 0.3 });
  return ids.map((loanId) => formatMoney(othersBuy({ ...turn, loanId })));
}

describe('othersBuyBySeed', () => {
  it('does the same to the same loans for the same seed, and something else for another', () => {
    expect(takenBySeed(1)).toEqual(takenBySeed(1));
    expect(takenBySeed(1)).not.toEqual(takenBySeed(2));
  });

  it('takes the shares it was given, whole loans and parts in steps of 25 dollars', () => {
    const taken = takenBySeed(1).map(Number);
    const gone = taken.filter((dollars) => dollars === 10_000).length;
    const parts = taken.filter((dollars) => dollars > 0 && dollars < 10_000);
    expect(gone / ids.length).toBeCloseTo(0.2, 1);
    expect(parts.length / ids.length).toBeCloseTo(0.3, 1);
    expect(parts.every((dollars) => dollars % 25 === 0)).toBe(true);
  });

  it('has one turn at a loan', () => {
    const othersBuy = othersBuyBySeed(1, { vanishShare: 1, partialShare: 0 });
    expect(formatMoney(othersBuy(turn))).toBe('10000.00');
    expect(formatMoney(othersBuy({ ...turn, first: false }))).toBe('0.00');
  });
});

describe('the others of a fault', () => {
  it('take all that remains', () => {
    expect(formatMoney(othersBuyAll(turn))).toBe('10000.00');
  });

  it.each([
    ['200', '100.00'],
    ['75', '25.00'],
    ['50', '25.00'],
    ['25', '12.00'],
  ])('leave half of %s dollars: %s', (wanted, left) => {
    const taken = othersLeaveHalf({ ...turn, wanted: parseMoney(wanted) });
    expect(formatMoney(turn.remaining.minus(taken))).toBe(left);
  });

  it('take nothing where less than half remains already', () => {
    const remaining = parseMoney('50');
    const taken = othersLeaveHalf({ ...turn, remaining, wanted: parseMoney('200') });
    expect(formatMoney(taken)).toBe('0.00');
  });
});
