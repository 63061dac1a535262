import type { HttpResponse } from '@mispriced/loopback-server';
import type { ApiRoute, ApiRoutes } from '../../http/api-routes.ts';
import type { ApiCall } from '../../http/market-definition.ts';
import type { Market } from '../market.ts';
import { answerAvailableCash, answerPortfolios, answerSummary } from './account.ts';
import { answerListing } from './listing.ts';
import { answerDetailedNotes, answerNotes } from './notes.ts';
import { answerOrders } from './orders.ts';

interface LendingClubRoute extends ApiRoute {
  answer(market: Market, call: ApiCall): HttpResponse;
}

/** What of LendingClub's API is served. */
export const lendingClubApi: ApiRoutes<LendingClubRoute> = {
  base: '/api/investor/v1',
  routes: [
    {
      method: 'GET',
      path: '/loans/listing',
      answer: (market, { request }) => answerListing(market, request.query),
    },
    { method: 'GET', path: '/accounts/{id}/summary', answer: answerSummary },
    { method: 'GET', path: '/accounts/{id}/availablecash', answer: answerAvailableCash },
    { method: 'GET', path: '/accounts/{id}/notes', answer: answerNotes },
    { method: 'GET', path: '/accounts/{id}/detailednotes', answer: answerDetailedNotes },
    { method: 'GET', path: '/accounts/{id}/portfolios', answer: answerPortfolios },
    {
      method: 'POST',
      path: '/accounts/{id}/orders',
      answer: (market, { body, fault }) => answerOrders(market, body, fault),
    },
  ],
};
