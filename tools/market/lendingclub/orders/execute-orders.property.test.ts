import { parseMoney, sumMoney, zeroMoney } from '@mispriced/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleLoans } from '../test/example-loans.ts';
import { fundedAmount, initialState, type MarketState } from '../market-state.ts';
import {
  othersBuyAll,
  othersBuyBySeed,
  othersLeaveHalf,
  type OthersBuy,
} from '../other-investors.ts';
import { offersOn } from '../replay/offers.ts';
import { executeOrders } from './execute-orders.ts';

const cents = (max: number) => fc.integer({ min: 1, max }).map((count) => count / 100);

const amount = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map((steps) => steps * 25),
  cents(60_000),
);

const orders = fc.array(
  fc.record({ loanId: fc.integer({ min: 100, max: 106 }), requestedAmount: amount }),
  { minLength: 1, maxLength: 8 },
);

const others = fc.oneof(
  fc.constant<OthersBuy>(() => zeroMoney),
  fc.constant(othersBuyAll),
  fc.constant(othersLeaveHalf),
  fc.integer().map((seed) => othersBuyBySeed(seed, { vanishShare: 0.3, partialShare: 0.5 })),
);

const history = fc.record({
  cash: fc.oneof(fc.constant('0.00'), cents(300_000).map(String)),
  loans: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 5, maxLength: 5 }),
  requests: fc.array(fc.record({ orders, othersBuy: others }), { maxLength: 12 }),
});

function checkConserved(before: MarketState, after: MarketState): void {
  expect(after.cash.isNegative()).toBe(false);
  const held = (state: MarketState) => sumMoney(state.notes.map((note) => note.invested));
  expect(after.cash.plus(held(after)).equals(before.cash.plus(held(before)))).toBe(true);
}

describe('any history of orders', () => {
  it('conserves money, funds no loan beyond its amount and answers what it did', () => {
    fc.assert(
      fc.property(history, ({ cash, loans, requests }) => {
        const offers = offersOn(exampleLoans(loans.map((steps) => steps * 25)), '2010-12-15');
        let state = initialState(parseMoney(cash));
        for (const { orders: asked, othersBuy } of requests) {
          const before = state;
          const executed = executeOrders({
            state,
            offers,
            orders: asked,
            portfolioIds: new Set(),
            othersBuy,
            orderDate: '',
            at: '',
          });
          state = executed.state;
          checkConserved(before, state);
          const bought = state.notes.slice(before.notes.length);
          const { orderInstructId, orderConfirmations } = executed.answer;
          const filled = orderConfirmations.filter((line) => line.investedAmount > 0);
          expect(orderConfirmations).toHaveLength(asked.length);
          expect(filled.map(({ loanId, investedAmount }) => [loanId, investedAmount])).toEqual(
            bought.map(({ loanId, invested }) => [loanId, invested.toNumber()]),
          );
          expect(orderInstructId === null).toBe(bought.length === 0);
          for (const line of orderConfirmations) {
            expect(line.investedAmount).toBeLessThanOrEqual(line.requestedAmount);
          }
          for (const { id, loanAmount } of offers.values()) {
            expect(fundedAmount(state, id).lessThanOrEqualTo(loanAmount)).toBe(true);
          }
        }
        const ids = state.notes.map(({ noteId }) => noteId);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 500 },
    );
  });
});
