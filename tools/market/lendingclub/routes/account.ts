import { formatMoney, sumMoney, type Money } from '@mispriced/core';
import type { HttpResponse } from '@mispriced/loopback-server';
import type { Market } from '../market.ts';

/** `GET /accounts/{id}/availablecash`. */
export function answerAvailableCash(market: Market): HttpResponse {
  const { cash } = market.store.read();
  return { status: 200, body: { investorId: market.accountId, availableCash: dollars(cash) } };
}

/** `GET /accounts/{id}/summary`: no loan is ever issued here, so all that was bought is in funding. */
export function answerSummary(market: Market): HttpResponse {
  const { cash, notes } = market.store.read();
  const inFunding = sumMoney(notes.map((note) => note.invested));
  return {
    status: 200,
    body: {
      investorId: market.accountId,
      availableCash: dollars(cash),
      accountTotal: dollars(cash.plus(inFunding)),
      accruedInterest: 0,
      infundingBalance: dollars(inFunding),
      receivedInterest: 0,
      receivedPrincipal: 0,
      receivedLateFees: 0,
      outstandingPrincipal: 0,
      totalNotes: notes.length,
      totalPortfolios: market.portfolios.length,
    },
  };
}

/** `GET /accounts/{id}/portfolios`. */
export function answerPortfolios(market: Market): HttpResponse {
  const myPortfolios = market.portfolios;
  const none = market.omitEmptyLists && myPortfolios.length === 0;
  return { status: 200, body: none ? {} : { myPortfolios } };
}

function dollars(money: Money): number {
  return Number(formatMoney(money));
}
