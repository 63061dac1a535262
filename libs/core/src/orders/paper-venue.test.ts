import { describe, expect, it } from 'vitest';
import {
  alwaysOpen,
  neverRefuses,
  formatMoney,
  parseMoney,
  type OrderIntent,
  type Venue,
} from '../domain/index.ts';
import { createPaperVenue } from './paper-venue.ts';

const market: Venue = {
  name: 'test',
  accountMark: 'test',
  declaration: {
    settleWithinSeconds: 120,
    roundsUpTo: null,
    refusesRepeatedIds: false,
    refusesBeforeEffect: neverRefuses,
    isOpenAt: alwaysOpen,
  },
  listSecurities: () =>
    Promise.resolve({
      asOf: '2026-01-05',
      listings: [
        {
          id: 'small',
          venue: 'test',
          price: 10,
          group: '36',
          amount: parseMoney('1000'),
          remaining: parseMoney('40'),
          attributes: {},
        },
      ],
      invalid: [],
      received: {},
    }),
  availableCash: () => Promise.resolve(parseMoney('100')),
  placeOrders: () => Promise.reject(new Error('a paper run sent an order')),
  findOrders: () =>
    Promise.resolve([{ listingId: 'real', filled: parseMoney('25'), venueOrderId: '1' }]),
};

const order = (orderId: string, listingId: string): OrderIntent => ({
  orderId,
  runId: 'r',
  venue: 'test',
  account: 'main',
  listingId,
  group: '36',
  side: 'buy',
  amount: parseMoney('25'),
  limitPrice: null,
});

describe('createPaperVenue', () => {
  it('fills up to what was left, and never asks the market to', async () => {
    const venue = createPaperVenue(market);
    await venue.listSecurities();
    const batch = ['1', '2', '3'].map((id) => order(id, 'small'));
    const { results, problem } = await venue.placeOrders(batch, { mayStillSend: () => null });
    expect(problem).toBeNull();
    expect(results.map((result) => [result.outcome, formatMoney(result.filled)])).toEqual([
      ['filled', '25.00'],
      ['partly-filled', '15.00'],
      ['refused', '0.00'],
    ]);
    expect(formatMoney(await venue.availableCash())).toBe('100.00');
  });

  it('holds what is really held', async () => {
    const held = await createPaperVenue(market).findOrders();
    expect(held.map((position) => position.listingId)).toEqual(['real']);
  });
});
