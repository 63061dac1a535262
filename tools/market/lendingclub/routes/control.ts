import { formatMoney } from '@mispriced/core';
import { z } from 'zod';
import { faultsSchema } from '../faults/fault.ts';
import { errorAnswer, problemsOf } from '../../http/api-problem.ts';
import type { Answer } from '../../http/answer.ts';
import type { JsonBody } from '../../http/read-json-body.ts';
import type { Market } from '../market.ts';
import type { MarketState } from '../market-state.ts';

/** Where the market is looked into and disturbed, beside the API. */
export const controlBase = '/_control';

/** Answers a control request; null where there is no such route. */
export function answerControl(market: Market, route: string, body: JsonBody): Answer | null {
  switch (route) {
    case 'GET /_control/health':
      return ok(healthOf(market));
    case 'GET /_control/orders':
      return ok(ordersOf(market.store.read()));
    case 'GET /_control/faults':
      return ok(market.faults.list());
    case 'PUT /_control/faults':
      return replaceFaults(market, body);
    case 'PUT /_control/keys':
      return replaceOtherKeys(market, body);
    default:
      return null;
  }
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function healthOf(market: Market): object {
  return {
    status: 'ok',
    simulation: true,
    asOf: market.asOf,
    loansOnOffer: market.offers.size,
    requestsOverLimit: market.limit.refused,
  };
}

/** `orders`: one entry for every confirmation that was filled. `requests`: everything asked. */
function ordersOf(state: MarketState): object {
  const orders = state.notes.map((note) => ({
    orderInstructId: note.orderInstructId,
    loanId: note.loanId,
    requestedAmount: Number(formatMoney(note.requested)),
    investedAmount: Number(formatMoney(note.invested)),
    at: note.at,
  }));
  return { orders, requests: state.requests };
}

/** The answer has no key in it. */
function replaceOtherKeys(market: Market, body: JsonBody): Answer {
  if (body.problem !== null) return errorAnswer(400, [body.problem]);
  const result = z.array(z.string().min(1)).safeParse(body.value);
  if (!result.success) return errorAnswer(400, problemsOf(result.error));
  market.otherKeys.clear();
  for (const key of result.data) market.otherKeys.add(key);
  return ok({ count: result.data.length });
}

function replaceFaults(market: Market, body: JsonBody): Answer {
  if (body.problem !== null) return errorAnswer(400, [body.problem]);
  const result = faultsSchema.safeParse(body.value);
  if (!result.success) return errorAnswer(400, problemsOf(result.error));
  market.faults.replace(result.data);
  return ok(market.faults.list());
}
