import { formatMoney } from '@mispriced/core';
import type { HttpResponse } from '@mispriced/loopback-server';
import type { Market } from '../market.ts';
import { fundedAmount } from '../market-state.ts';
import { remainingOf } from '../orders/others-turn.ts';
import { refusal } from './api-errors.ts';

/**
 * `GET /loans/listing`: every loan of the day of which something can still be bought. There is one
 * listing period a day, so `showAll` makes no difference; a filter would, and is refused.
 */
export function answerListing(market: Market, query: URLSearchParams): HttpResponse {
  const unknown = [...query.keys()].filter((name) => name !== 'showAll');
  if (unknown.length > 0) {
    const message = `The simulated market has no ${unknown.join(', ')}.`;
    return refusal(501, 'not-implemented', message);
  }
  const state = market.store.read();
  const loans = [...market.offers.values()]
    .filter((listing) => !remainingOf(state, listing).isZero())
    .map((listing) => ({
      ...listing,
      fundedAmount: Number(formatMoney(fundedAmount(state, listing.id))),
    }));
  const asOfDate = market.marketTime;
  return {
    status: 200,
    body: market.omitEmptyLists && loans.length === 0 ? { asOfDate } : { asOfDate, loans },
  };
}
