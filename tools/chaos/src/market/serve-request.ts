import type { HttpRequest, HttpResponse } from '@mispriced/loopback-server';
import { findApiRoute, lendingClubApi, refuseAccess } from '@mispriced/market/lendingclub/parts';
import type { Delays, OrderConduct, ReadConduct } from './conduct.ts';
import type { Connection } from './connection.ts';
import type { MarketCall, MarketDesk } from './market-desk.ts';
import type { GivenKind } from './market-history.ts';
import { answerRead, marketView } from './market-view.ts';
import { serveOrders } from './serve-orders.ts';
import { notServed, wireAnswer } from './wire-answer.ts';

const nothing: HttpResponse = { status: 200, body: {} };

/** Takes a request that was just sent: it arrives after its latency, whoever still waits for it. */
export function serveRequest(desk: MarketDesk, call: MarketCall, connection: Connection): void {
  const { time, conduct } = desk;
  const { number } = connection.record;
  const isOrder = call.method === 'POST';
  const how = isOrder ? conduct.order(number) : conduct.read(number);
  time.schedule({
    atMilliseconds: time.nowMilliseconds() + how.latencyMilliseconds,
    act: () => {
      if (how.answer === 'connection-refused') {
        connection.send(how.answer, { form: how.answer }, how.latencyMilliseconds);
        return;
      }
      connection.record.receivedAtMilliseconds = time.nowMilliseconds();
      admit(desk, call, connection, how);
    },
  });
}

function admit(
  desk: MarketDesk,
  call: MarketCall,
  connection: Connection,
  how: OrderConduct | ReadConduct,
): void {
  const send = (kind: GivenKind, own: HttpResponse): void => {
    connection.send(kind, wireAnswer({ kind, own, url: call.url.href }), how.latencyMilliseconds);
  };
  if (!desk.limit.admit()) {
    send('over-pace', nothing);
    return;
  }
  const request = httpRequestOf(call);
  const matched = findApiRoute(lendingClubApi, request);
  if (matched === undefined) {
    send('own', notServed(call.method, call.url.pathname));
    return;
  }
  const { route, parameters } = matched;
  const now = desk.time.nowMilliseconds();
  const key = call.headers.get('authorization') ?? undefined;
  const view = marketView(desk.identity, desk.timeline.latest(), now);
  const refused = refuseAccess(view, key, parameters['id'] ?? null);
  if (refused !== null) send('access-refused', refused);
  else if ('booking' in how) serveOrders(desk, call, connection, how);
  else {
    const asOf = now - how.trailingMilliseconds;
    const account = desk.timeline.at(asOf);
    const shown = marketView(desk.identity, account, now);
    const own = answerRead({ view: shown, account, route, request, parameters });
    if (how.answer === 'own') connection.record.shownAsOfMilliseconds = asOf;
    sendLater(desk, how, () => {
      send(how.answer, own);
    });
  }
}

function sendLater(desk: MarketDesk, how: Delays, send: () => void): void {
  const { time } = desk;
  time.schedule({
    atMilliseconds: time.nowMilliseconds() + how.processingMilliseconds,
    act: send,
  });
}

function httpRequestOf(call: MarketCall): HttpRequest {
  return {
    method: call.method,
    hostname: call.url.hostname,
    path: call.url.pathname,
    query: call.url.searchParams,
    headers: Object.fromEntries(call.headers),
    body: Buffer.from(call.body),
  };
}
