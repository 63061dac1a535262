import { answer as answerOf, type HttpResponse } from '@mispriced/loopback-server';
import type { Fault } from '../../faults/fault.ts';
import type { JsonBody } from '../../http/read-json-body.ts';
import type { Market } from '../market.ts';
import type { MarketState } from '../market-state.ts';
import { executeOrders } from '../orders/execute-orders.ts';
import { parseOrderRequest } from '../orders/order-request.ts';
import { refuseOrders } from '../orders/refuse-orders.ts';
import { othersBuyAll, othersLeaveHalf, type OthersBuy } from '../other-investors.ts';
import { describeProblems } from './api-errors.ts';

/**
 * `POST /accounts/{id}/orders`: settles a request and logs it, both before it answers. What is
 * malformed is answered 400 with every problem and buys nothing.
 */
export function answerOrders(market: Market, body: JsonBody, fault: Fault | null): HttpResponse {
  const at = market.clock().toISOString();
  const before = market.store.read();
  const { state, answer } = settle({ market, body, fault, state: before, at });
  const entry = {
    at,
    fault: fault?.fault ?? null,
    request: body.value,
    status: answer.status,
    answer: answer.body,
  };
  market.store.commit({ ...state, requests: [...state.requests, entry] });
  return answer;
}

function settle(args: {
  market: Market;
  body: JsonBody;
  fault: Fault | null;
  state: MarketState;
  at: string;
}): { state: MarketState; answer: HttpResponse } {
  const { market, body, fault, state, at } = args;
  if (body.problem !== null)
    return { state, answer: answerOf(400, describeProblems([body.problem])) };
  const { request, problems } = parseOrderRequest(body.value);
  if (request === null) return { state, answer: answerOf(400, describeProblems(problems)) };
  const refusal =
    fault?.fault === 'system-busy'
      ? 'SYSTEM_BUSY'
      : request.aid !== market.accountId
        ? 'NOT_AN_INVESTOR'
        : null;
  if (refusal !== null) {
    return { state, answer: { status: 200, body: refuseOrders(request, refusal) } };
  }
  const executed = executeOrders({
    state,
    offers: market.offers,
    orders: request.orders,
    portfolioIds: new Set(market.portfolios.map(({ portfolioId }) => portfolioId)),
    othersBuy: othersUnder(fault, market.othersBuy),
    orderDate: market.marketTime,
    at,
  });
  return { state: executed.state, answer: { status: 200, body: executed.answer } };
}

function othersUnder(fault: Fault | null, usual: OthersBuy): OthersBuy {
  if (fault?.fault === 'vanish') return othersBuyAll;
  if (fault?.fault === 'partial-fill') return othersLeaveHalf;
  return usual;
}
