import { formatMoney } from '@mispriced/core';
import type { Market } from '../market.ts';
import type { MarketState } from '../market-state.ts';

/** For `GET /_control/health`. */
export function describeHealth(market: Market): object {
  return {
    asOf: market.asOf,
    loansOnOffer: market.offers.size,
    requestsOverLimit: market.limit.refused,
  };
}

/** For `GET /_control/orders`: one order for every confirmation that was filled. */
export function describeOrders(state: MarketState) {
  const orders = state.notes.map((note) => ({
    orderInstructId: note.orderInstructId,
    loanId: note.loanId,
    requestedAmount: Number(formatMoney(note.requested)),
    investedAmount: Number(formatMoney(note.invested)),
    at: note.at,
  }));
  return { orders, requests: state.requests };
}
