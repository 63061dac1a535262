import { describe, expect, it } from 'vitest';
import { checkBoughtOnce } from './check-orders.ts';
import type { SentOrder } from './sent-order.ts';

function sentAt(atMilliseconds: number, changes: Partial<SentOrder> = {}): SentOrder {
  return {
    host: `host at ${atMilliseconds}`,
    account: 'main',
    atMilliseconds,
    request: atMilliseconds,
    record: null,
    booked: [],
    listingId: '101',
    bookedCents: 2500,
    run: null,
    known: null,
    isSoldUnseen: false,
    ...changes,
  };
}

/** Of a market that should have shown the first order at this moment, and did not. */
function lateFrom(moment: number) {
  return {
    facts: [],
    brokenSince: () => moment,
    lateSince: ({ request }: Pick<SentOrder, 'request'>) =>
      request === 1 ? moment : Number.POSITIVE_INFINITY,
  };
}

describe('checkBoughtOnce', () => {
  it('excuses what was ordered again once the first order was late', () => {
    expect(checkBoughtOnce([sentAt(1), sentAt(200)], lateFrom(100))).toEqual([]);
  });

  it('excuses nothing before that, and no third order', () => {
    expect(checkBoughtOnce([sentAt(1), sentAt(99)], lateFrom(100))).toHaveLength(1);
    expect(checkBoughtOnce([sentAt(1), sentAt(200), sentAt(300)], lateFrom(100))).toHaveLength(1);
  });

  it('looks at each account and listing by itself', () => {
    const others = [sentAt(99, { account: 'second' }), sentAt(99, { listingId: '102' })];
    expect(checkBoughtOnce([sentAt(1), ...others], lateFrom(100))).toEqual([]);
  });
});
