import {
  floorToStep,
  formatMoney,
  minimumMoney,
  parseMoney,
  zeroMoney,
  type Money,
} from '@mispriced/core';
import type { MarketState } from '../market-state.ts';
import type { OthersBuy } from '../other-investors.ts';
import type { Offers } from '../replay/offers.ts';
import { buyNote } from './buy-note.ts';
import type { ExecutionStatus } from './execution-status.ts';
import { mergeOrders, type MergedOrder } from './merge-orders.ts';
import type { OrderAnswer } from './order-answer.ts';
import type { OrderRequest } from './order-request.ts';
import { afterOthersTurn, remainingOf } from './others-turn.ts';

/** Amounts are multiples of 25 dollars. */
const step = parseMoney(25);

export interface ExecuteOrdersArguments {
  readonly state: MarketState;
  readonly offers: Offers;
  readonly orders: OrderRequest['orders'];
  /** The account's own. */
  readonly portfolioIds: ReadonlySet<number>;
  readonly othersBuy: OthersBuy;
  /** Dollars to buy for those that were asked for; down to a multiple of 25 unless given. */
  readonly round?: (requested: Money, loanId: number) => Money;
  /** As the API writes dates. */
  readonly orderDate: string;
  /** By the clock, ISO 8601. */
  readonly at: string;
}

/**
 * Settles one request: orders for the same loan are merged, then each is rounded, down to a multiple
 * of 25 dollars unless told otherwise, cut to what remains of its loan, and paid for in full or not at all, in the order
 * of the request (LendingClub's "Submit Order"). There is no key of idempotency: the same request
 * again buys again.
 *
 * @returns The state after it and what the API answers; the state that was given stays as it was.
 */
export function executeOrders(args: ExecuteOrdersArguments): {
  readonly state: MarketState;
  readonly answer: OrderAnswer;
} {
  let state = args.state;
  const orderConfirmations = mergeOrders(args.orders).map((order) => {
    const { statuses, bought, next } = settle({ ...args, state }, order);
    state = next;
    return {
      loanId: order.loanId,
      requestedAmount: Number(formatMoney(order.requested)),
      investedAmount: Number(formatMoney(bought)),
      executionStatus: statuses,
    };
  });
  const filled = state.notes.length > args.state.notes.length;
  return {
    state: { ...state, nextOrderInstructId: state.nextOrderInstructId + (filled ? 1 : 0) },
    answer: { orderInstructId: filled ? state.nextOrderInstructId : null, orderConfirmations },
  };
}

interface Settlement {
  readonly statuses: readonly ExecutionStatus[];
  readonly bought: Money;
  readonly next: MarketState;
}

function settle(args: ExecuteOrdersArguments, order: MergedOrder): Settlement {
  if (order.merge === 'eliminated') return refused(args.state, 'ELIM_BY_MERGE');
  const statuses: ExecutionStatus[] = order.merge === 'augmented' ? ['AUGMENTED_BY_MERGE'] : [];
  const listing = args.offers.get(order.loanId);
  if (listing === undefined) return refused(args.state, ...statuses, 'NOT_AN_IN_FUNDING_LOAN');
  const { round = (requested: Money) => floorToStep(requested, step) } = args;
  const wanted = round(order.requested, order.loanId);
  if (wanted.isZero()) return refused(args.state, ...statuses, 'REQUESTED_AMNT_LOW');

  const state = afterOthersTurn({ ...args, listing, wanted });
  const remaining = remainingOf(state, listing);
  if (remaining.isZero()) return refused(state, ...statuses, 'NOT_AN_IN_FUNDING_LOAN');
  if (!wanted.equals(order.requested)) statuses.push('REQUESTED_AMOUNT_ROUNDED');
  const bought = minimumMoney(wanted, remaining);
  if (bought.greaterThan(state.cash)) return refused(state, ...statuses, 'INSUFFICIENT_CASH');

  statuses.push(bought.equals(wanted) ? 'ORDER_FULFILLED' : 'LOAN_AMNT_EXCEEDED');
  const known = order.portfolioId !== null && args.portfolioIds.has(order.portfolioId);
  if (order.portfolioId !== null) {
    statuses.push(known ? 'NOTE_ADDED_TO_PORTFOLIO' : 'NOT_A_VALID_PORTFOLIO');
  }
  const { requested } = order;
  const portfolioId = known ? order.portfolioId : null;
  const next = buyNote({ ...args, state, listing, requested, bought, portfolioId });
  return { statuses, bought, next };
}

function refused(next: MarketState, ...statuses: ExecutionStatus[]): Settlement {
  return { statuses, bought: zeroMoney, next };
}
