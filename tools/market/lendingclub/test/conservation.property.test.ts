import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startMarket } from '../index.ts';
import { exampleLoans } from './example-loans.ts';
import { accessKey, accountId, marketClient, type MarketClient } from './market-client.ts';

const order = fc.record({
  loanId: fc.integer({ min: 100, max: 105 }),
  requestedAmount: fc.oneof(
    fc.integer({ min: 1, max: 20 }).map((steps) => steps * 25),
    fc.integer({ min: 1, max: 50_000 }).map((cents) => cents / 100),
  ),
});

const request = fc.record({
  orders: fc.array(order, { minLength: 1, maxLength: 4 }),
  fault: fc.constantFrom(
    null,
    { fault: 'lost-answer' },
    { fault: 'unreachable' },
    { fault: 'system-busy' },
    { fault: 'status' },
    { fault: 'status-after-effect' },
    { fault: 'malformed-answer' },
    { fault: 'slow', delayMilliseconds: 1 },
    { fault: 'vanish' },
    { fault: 'partial-fill' },
  ),
});

const inCents = (dollars: number): number => Math.round(dollars * 100);
const sumInCents = (amounts: readonly number[]): number =>
  amounts.reduce((total, amount) => total + inCents(amount), 0);

/** Cash, notes and filled orders as three different routes tell them, in cents. */
async function accountOf(client: MarketClient) {
  const { body: summary } = await client.account('summary');
  const { body: notes } = await client.account('notes');
  const { body: control } = await client.control('orders');
  const { availableCash, accountTotal } = summary as Record<
    'availableCash' | 'accountTotal',
    number
  >;
  const { myNotes } = notes as { myNotes: { noteAmount: number }[] };
  const { orders } = control as { orders: { investedAmount: number }[] };
  return {
    cash: inCents(availableCash),
    total: inCents(accountTotal),
    notes: sumInCents(myNotes.map(({ noteAmount }) => noteAmount)),
    filled: sumInCents(orders.map(({ investedAmount }) => investedAmount)),
  };
}

describe('any history of orders and faults over HTTP', () => {
  it('conserves the money, and every route tells the same of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 300_000 }),
        fc.integer(),
        fc.array(request, { maxLength: 8 }),
        async (cents, seed, requests) => {
          const market = await startMarket({
            loans: exampleLoans([25, 100, 500, 1000, 25_000]),
            asOf: '2010-12-15',
            cash: (cents / 100).toFixed(2),
            accessKey,
            accountId,
            requestsPerSecond: null,
            seed,
            otherInvestors: { vanishShare: 0.2, partialShare: 0.3 },
          });
          const client = marketClient(market.url);
          try {
            for (const { orders, fault } of requests) {
              const faults = fault === null ? [] : [{ route: 'POST /orders', ...fault }];
              await client.setFaults(faults);
              const before = await accountOf(client);
              await client.order(orders).catch(() => null);
              const after = await accountOf(client);
              expect(after.cash).toBeGreaterThanOrEqual(0);
              expect(after.cash + after.notes).toBe(cents);
              expect(after.total).toBe(cents);
              expect(after.filled).toBe(after.notes);
              if (['unreachable', 'system-busy', 'status', 'vanish'].includes(fault?.fault ?? '')) {
                expect(after).toEqual(before);
              }
            }
          } finally {
            await market.close();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
