import { formatMoney, parseMoney, zeroMoney } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { exampleLoans } from '../test/example-loans.ts';
import { initialState } from '../market-state.ts';
import { othersBuyAll, othersLeaveHalf } from '../other-investors.ts';
import { offersOn } from '../replay/offers.ts';
import { executeOrders, type ExecuteOrdersArguments } from './execute-orders.ts';

/** Two loans, 101 of 1,000 dollars and 102 of 100, and an account with 500. */
const market: ExecuteOrdersArguments = {
  state: initialState(parseMoney('500.00')),
  offers: offersOn(exampleLoans([1000, 100]), '2010-12-15'),
  orders: [],
  portfolioIds: new Set([7]),
  othersBuy: () => zeroMoney,
  orderDate: '2010-12-15T10:00:00.000-08:00',
  at: '2026-01-02T03:04:05.000Z',
};

type Orders = ExecuteOrdersArguments['orders'];

function run(orders: Orders, changes: Partial<ExecuteOrdersArguments> = {}) {
  const { state, answer } = executeOrders({ ...market, orders, ...changes });
  return {
    state,
    answer,
    cash: formatMoney(state.cash),
    lines: answer.orderConfirmations.map((line) => [
      line.loanId,
      line.requestedAmount,
      line.investedAmount,
      line.executionStatus.join(' '),
    ]),
  };
}

describe('executeOrders', () => {
  it('fills an order, takes its cash and makes a note of it', () => {
    const { answer, state, cash, lines } = run([{ loanId: 101, requestedAmount: 75 }]);
    expect(lines).toEqual([[101, 75, 75, 'ORDER_FULFILLED']]);
    expect(cash).toBe('425.00');
    expect(state.notes).toHaveLength(1);
    expect(state.notes[0]).toMatchObject({
      loanId: 101,
      orderInstructId: answer.orderInstructId,
      orderDate: market.orderDate,
      at: market.at,
    });
  });

  it('leaves the state it was given as it was', () => {
    run([{ loanId: 101, requestedAmount: 75 }]);
    expect(market.state).toEqual(initialState(parseMoney('500.00')));
  });

  it('rounds as it is told to, loan by loan', () => {
    const orders = [
      { loanId: 101, requestedAmount: 30 },
      { loanId: 102, requestedAmount: 25 },
    ];
    const { lines, cash } = run(orders, {
      round: (requested, loanId) => (loanId === 101 ? requested.plus('0.37') : requested),
    });
    expect(lines).toEqual([
      [101, 30, 30.37, 'REQUESTED_AMOUNT_ROUNDED ORDER_FULFILLED'],
      [102, 25, 25, 'ORDER_FULFILLED'],
    ]);
    expect(cash).toBe('444.63');
  });

  it('rounds down to a multiple of 25 dollars and says so', () => {
    const { lines, cash } = run([{ loanId: 101, requestedAmount: 55 }]);
    expect(lines).toEqual([[101, 55, 50, 'REQUESTED_AMOUNT_ROUNDED ORDER_FULFILLED']]);
    expect(cash).toBe('450.00');
  });

  it('refuses less than 25 dollars', () => {
    const { answer, lines } = run([{ loanId: 101, requestedAmount: 24.99 }]);
    expect(lines).toEqual([[101, 24.99, 0, 'REQUESTED_AMNT_LOW']]);
    expect(answer.orderInstructId).toBeNull();
  });

  it('fills no more than remains of the loan', () => {
    const { lines, cash } = run([{ loanId: 102, requestedAmount: 160 }]);
    expect(lines).toEqual([[102, 160, 100, 'REQUESTED_AMOUNT_ROUNDED LOAN_AMNT_EXCEEDED']]);
    expect(cash).toBe('400.00');
  });

  it('knows no loan that is not on offer, nor one that is fully funded', () => {
    const { state } = run([{ loanId: 102, requestedAmount: 100 }]);
    const orders = [
      { loanId: 102, requestedAmount: 25 },
      { loanId: 999, requestedAmount: 25 },
    ];
    const { answer, lines, cash } = run(orders, { state });
    expect(lines).toEqual([
      [102, 25, 0, 'NOT_AN_IN_FUNDING_LOAN'],
      [999, 25, 0, 'NOT_AN_IN_FUNDING_LOAN'],
    ]);
    expect(answer.orderInstructId).toBeNull();
    expect(cash).toBe('400.00');
  });

  it('ignores an order that the cash does not cover in full, and goes on with the next', () => {
    const { lines, cash } = run([
      { loanId: 101, requestedAmount: 525 },
      { loanId: 102, requestedAmount: 50 },
    ]);
    expect(lines).toEqual([
      [101, 525, 0, 'INSUFFICIENT_CASH'],
      [102, 50, 50, 'ORDER_FULFILLED'],
    ]);
    expect(cash).toBe('450.00');
  });

  it('merges the orders for one loan', () => {
    const { lines, cash, state } = run([
      { loanId: 101, requestedAmount: 15 },
      { loanId: 101, requestedAmount: 45 },
    ]);
    expect(lines).toEqual([
      [101, 60, 50, 'AUGMENTED_BY_MERGE REQUESTED_AMOUNT_ROUNDED ORDER_FULFILLED'],
      [101, 45, 0, 'ELIM_BY_MERGE'],
    ]);
    expect(cash).toBe('450.00');
    expect(state.notes).toHaveLength(1);
  });

  it('puts a note into a portfolio of the account only', () => {
    const { lines, state } = run([
      { loanId: 101, requestedAmount: 25, portfolioId: 7 },
      { loanId: 102, requestedAmount: 25, portfolioId: 8 },
    ]);
    expect(lines.map(([, , , status]) => status)).toEqual([
      'ORDER_FULFILLED NOTE_ADDED_TO_PORTFOLIO',
      'ORDER_FULFILLED NOT_A_VALID_PORTFOLIO',
    ]);
    expect(state.notes.map(({ portfolioId }) => portfolioId)).toEqual([7, null]);
  });

  it('buys twice when the same request comes twice', () => {
    const orders = [{ loanId: 101, requestedAmount: 25 }];
    const first = run(orders);
    const second = run(orders, { state: first.state });
    expect(second.lines).toEqual(first.lines);
    expect(second.cash).toBe('450.00');
    expect(second.answer.orderInstructId).not.toBe(first.answer.orderInstructId);
    expect(new Set(second.state.notes.map(({ noteId }) => noteId)).size).toBe(2);
  });

  it('gives one number to all that a request filled, and none to a request that filled nothing', () => {
    const nothing = run([{ loanId: 999, requestedAmount: 25 }]);
    expect(nothing.answer.orderInstructId).toBeNull();
    const { answer, state } = run(
      [
        { loanId: 101, requestedAmount: 25 },
        { loanId: 102, requestedAmount: 25 },
      ],
      { state: nothing.state },
    );
    expect(new Set(state.notes.map((note) => note.orderInstructId))).toEqual(
      new Set([answer.orderInstructId]),
    );
  });

  it('finds a loan gone when others bought it', () => {
    const { lines, cash, state } = run([{ loanId: 101, requestedAmount: 25 }], {
      othersBuy: othersBuyAll,
    });
    expect(lines).toEqual([[101, 25, 0, 'NOT_AN_IN_FUNDING_LOAN']]);
    expect(cash).toBe('500.00');
    const later = run([{ loanId: 101, requestedAmount: 25 }], { state });
    expect(later.lines).toEqual([[101, 25, 0, 'NOT_AN_IN_FUNDING_LOAN']]);
  });

  it('fills what others left', () => {
    const { lines, cash } = run(
      [
        { loanId: 101, requestedAmount: 200 },
        { loanId: 102, requestedAmount: 25 },
      ],
      { othersBuy: othersLeaveHalf },
    );
    expect(lines).toEqual([
      [101, 200, 100, 'LOAN_AMNT_EXCEEDED'],
      [102, 25, 12, 'LOAN_AMNT_EXCEEDED'],
    ]);
    expect(cash).toBe('388.00');
  });

  it('gives others one turn at a loan before the first order, as they are told', () => {
    const turns: boolean[] = [];
    const orders = [{ loanId: 101, requestedAmount: 25 }];
    const othersBuy: ExecuteOrdersArguments['othersBuy'] = ({ first }) => {
      turns.push(first);
      return zeroMoney;
    };
    const { state } = run(orders, { othersBuy });
    run(orders, { othersBuy, state });
    expect(turns).toEqual([true, false]);
  });

  it('never lets others take more than there is', () => {
    const { lines, state } = run([{ loanId: 102, requestedAmount: 25 }], {
      othersBuy: () => parseMoney('1000000'),
    });
    expect(lines).toEqual([[102, 25, 0, 'NOT_AN_IN_FUNDING_LOAN']]);
    expect(formatMoney(state.fundedByOthers.get(102) ?? zeroMoney)).toBe('100.00');
  });
});
