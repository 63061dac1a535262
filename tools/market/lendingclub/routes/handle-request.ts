import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import { sendAnswer, type Answer } from '../../http/answer.ts';
import { refusal } from '../../http/api-problem.ts';
import { readJsonBody, type JsonBody } from '../../http/read-json-body.ts';
import type { Market } from '../market.ts';
import { answerAvailableCash, answerPortfolios, answerSummary } from './account.ts';
import { matchApiRoute, type ApiRoute } from './api-routes.ts';
import { answerControl, controlBase } from './control.ts';
import { deliver, injectedError } from './deliver.ts';
import { answerListing } from './listing.ts';
import { answerDetailedNotes, answerNotes } from './notes.ts';
import { answerOrders } from './orders.ts';
import { refuseAccess } from './refuse-access.ts';

interface RouteArguments {
  readonly market: Market;
  readonly query: URLSearchParams;
  readonly body: JsonBody;
  readonly fault: Fault | null;
}

const answers: Record<ApiRoute, (args: RouteArguments) => Answer> = {
  'GET /loans/listing': ({ market, query }) => answerListing(market, query),
  'GET /accounts/{id}/summary': ({ market }) => answerSummary(market),
  'GET /accounts/{id}/availablecash': ({ market }) => answerAvailableCash(market),
  'GET /accounts/{id}/notes': ({ market }) => answerNotes(market),
  'GET /accounts/{id}/detailednotes': ({ market }) => answerDetailedNotes(market),
  'GET /accounts/{id}/portfolios': ({ market }) => answerPortfolios(market),
  'POST /accounts/{id}/orders': ({ market, body, fault }) => answerOrders(market, body, fault),
};

/**
 * Answers one request. What is refused (unknown route, key, limit, account) neither changes anything
 * nor uses up a fault.
 *
 * @param signal Ends the waiting of slow answers when the market closes.
 */
export async function handleRequest(args: {
  readonly market: Market;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { market, request, response } = args;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const method = request.method ?? 'GET';
  const body = await readJsonBody(request);
  if (pathname.startsWith(`${controlBase}/`)) {
    const answer = answerControl(market, `${method} ${pathname}`, body);
    sendAnswer(response, answer ?? notImplemented(method, pathname));
    return;
  }
  const matched = matchApiRoute(method, pathname);
  if (matched === null) {
    sendAnswer(response, notImplemented(method, pathname));
    return;
  }
  const refused = refuseAccess(market, request.headers.authorization, matched.account);
  if (refused !== null) {
    sendAnswer(response, refused);
    return;
  }
  const fault = market.faults.take(matched.route);
  if (fault?.fault === 'unreachable') {
    request.socket.resetAndDestroy();
  } else if (fault?.fault === 'status') {
    sendAnswer(response, injectedError(fault.status));
  } else {
    const answer = answers[matched.route]({ market, query: searchParams, body, fault });
    await deliver({ ...args, fault, answer });
  }
}

function notImplemented(method: string, path: string): Answer {
  return refusal(501, 'not-implemented', `The simulated market has no ${method} ${path}.`);
}
