import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  answer,
  findRoute,
  type HttpResponse,
  readRequest,
  type Route,
} from '@mispriced/loopback-server';
import { findApiRoute, routeName } from './api-routes.ts';
import { controlBase } from './control-routes.ts';
import { deliver, sendAnswer } from './deliver.ts';
import type { MarketDefinition } from './market-definition.ts';
import { problem } from './problem.ts';
import { readJsonBody } from './read-json-body.ts';

/**
 * Answers one request. What is refused (unknown route, key, limit, account) neither changes anything
 * nor uses up a fault.
 *
 * @param args.signal Ends the waiting of slow answers when the market closes.
 */
export async function answerRequest(args: {
  readonly market: MarketDefinition;
  readonly controlRoutes: readonly Route[];
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { market, incoming, outgoing, signal } = args;
  const request = await readRequest(incoming);
  const { method, path } = request;
  const refuse = (status: number, code: string, message: string): HttpResponse =>
    answer(status, market.describeProblems([problem(code, message)]));
  const notImplemented = (): void => {
    const message = `The simulated market has no ${method} ${path}.`;
    sendAnswer(outgoing, refuse(501, 'not-implemented', message));
  };
  if (path.startsWith(`${controlBase}/`)) {
    const found = findRoute(args.controlRoutes, request, { exact: true });
    if (found === undefined) notImplemented();
    else {
      const { route, parameters } = found;
      sendAnswer(outgoing, await route.handle({ request, parameters, context: undefined }));
    }
    return;
  }
  const matched = findApiRoute(market.api, request);
  if (matched === undefined) {
    notImplemented();
    return;
  }
  const { route, parameters } = matched;
  const refused = market.refuseAccess(request, parameters);
  if (refused !== null) {
    sendAnswer(outgoing, refused);
    return;
  }
  const fault = market.faults.take(routeName(route));
  const injected = (status: number): HttpResponse =>
    refuse(status, 'injected-fault', 'This error was asked for with PUT /_control/faults.');
  if (fault?.fault === 'unreachable') {
    incoming.socket.resetAndDestroy();
  } else if (fault?.fault === 'status' && 'status' in fault) {
    sendAnswer(outgoing, injected(fault.status));
  } else {
    const answered = route.answer({ request, parameters, body: readJsonBody(request), fault });
    await deliver({ outgoing, signal, fault, response: answered, injected });
  }
}
