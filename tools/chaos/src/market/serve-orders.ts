import { parseMoney } from '@mispriced/core';
import { answer, type HttpResponse } from '@mispriced/loopback-server';
import {
  describeProblems,
  type OrderRequest,
  parseOrderRequest,
  readJsonBody,
  refuseOrders,
} from '@mispriced/market/lendingclub/parts';
import { bookInParts } from './book-in-parts.ts';
import { bookOrders } from './book-orders.ts';
import { bookingDelayMilliseconds } from './booking-delay.ts';
import type { OrderConduct } from './conduct.ts';
import type { Connection } from './connection.ts';
import type { MarketCall, MarketDesk } from './market-desk.ts';
import type { GivenKind, OrderRecord } from './market-history.ts';
import { marketTimeAt } from './market-view.ts';
import { wireAnswer } from './wire-answer.ts';

/** `POST /accounts/{id}/orders`, as it arrives: books and answers as its conduct says, each by itself. */
export function serveOrders(
  desk: MarketDesk,
  call: MarketCall,
  connection: Connection,
  conduct: OrderConduct,
): void {
  const { time } = desk;
  const { request, problems } = readOrders(call.body);
  const order: OrderRecord = {
    conduct,
    body: call.body,
    asked: (request?.orders ?? []).map(({ loanId, requestedAmount }) => ({
      loanId,
      requested: parseMoney(requestedAmount),
    })),
    bookedAtMilliseconds: null,
    booked: [],
    gone: [],
  };
  connection.record.order = order;
  const reply = (own: HttpResponse, kind: GivenKind = conduct.answer): void => {
    time.schedule({
      atMilliseconds: time.nowMilliseconds() + conduct.processingMilliseconds,
      act: () => {
        const sent = wireAnswer({ kind, own, url: call.url.href });
        connection.send(kind, sent, conduct.latencyMilliseconds);
      },
    });
  };
  if (request === null) {
    reply(answer(400, describeProblems(problems)), 'own');
    return;
  }
  if (request.aid !== desk.identity.accountId) {
    reply(answer(200, refuseOrders(request, 'NOT_AN_INVESTOR')), 'own');
    return;
  }
  if (desk.declaration.isOpenAt?.(time.nowMilliseconds()) === false) {
    // What was meant to get no proper answer gets none.
    reply(answer(200, {}), isProper(conduct.answer) ? 'closed' : conduct.answer);
    return;
  }
  carryOut({ desk, request, order, connection, reply });
}

function carryOut(args: {
  readonly desk: MarketDesk;
  readonly request: OrderRequest;
  readonly order: OrderRecord;
  readonly connection: Connection;
  readonly reply: (own: HttpResponse) => void;
}): void {
  const { desk, request, order, connection, reply } = args;
  const { conduct } = order;
  const { record } = connection;
  const { time, timeline } = desk;
  const execute = () =>
    bookOrders(timeline.latest(), request.orders, {
      offers: desk.identity.offers,
      declaration: desk.declaration,
      fillOf: (loanId) => desk.conduct.fill(record.number, loanId),
      marketTime: marketTimeAt(time.nowMilliseconds()),
      atMilliseconds: time.nowMilliseconds(),
    });
  const own = (executed: ReturnType<typeof execute>): HttpResponse =>
    answer(200, conduct.answer === 'busy' ? refuseOrders(request, 'SYSTEM_BUSY') : executed.answer);
  const book = (): HttpResponse => {
    const executed = execute();
    timeline.commit(executed.account);
    order.booked = executed.booked;
    order.gone = executed.gone;
    if (executed.booked.length > 0) order.bookedAtMilliseconds = time.nowMilliseconds();
    return own(executed);
  };
  const delay = bookingDelayMilliseconds({
    booking: conduct.booking,
    lateness: conduct.lateness,
    settleWithinSeconds: desk.declaration.settleWithinSeconds,
    longestTrailingMilliseconds: desk.conduct.longestTrailingMilliseconds,
  });
  const arrivedAt = time.nowMilliseconds();
  switch (conduct.booking) {
    case 'never':
      reply(own(execute()));
      return;
    case 'at-once':
      reply(book());
      return;
    case 'slow':
      time.schedule({
        // A client that gave up before its request arrived had its attempt end then.
        atMilliseconds: Math.min(arrivedAt, record.endedAtMilliseconds ?? arrivedAt) + delay,
        act: () => {
          reply(book());
        },
      });
      return;
    case 'in-parts': {
      const executed = execute();
      order.gone = executed.gone;
      const bookNext = bookInParts({ desk, order, executed, parts: partsOf(conduct) });
      bookNext();
      reply(own(executed));
      connection.whenEnded(() => {
        const endedAt = record.endedAtMilliseconds ?? time.nowMilliseconds();
        for (let part = 1; part < partsOf(conduct); part += 1) {
          const atMilliseconds = endedAt + Math.floor((delay * part) / (partsOf(conduct) - 1));
          time.schedule({ atMilliseconds, act: bookNext });
        }
      });
      return;
    }
    case 'late-within':
    case 'late-beyond':
      reply(own(execute()));
      connection.whenEnded(() => {
        const endedAt = record.endedAtMilliseconds ?? time.nowMilliseconds();
        time.schedule({ atMilliseconds: endedAt + delay, act: book });
      });
  }
}

/** Whether a market that is open would have answered these orders by themselves. */
function isProper(kind: OrderConduct['answer']): boolean {
  return kind === 'own' || kind === 'other-amount' || kind === 'busy';
}

/** In how many parts orders are booked that are booked in parts. */
function partsOf({ lateness }: OrderConduct): number {
  return lateness < 0.5 ? 2 : 3;
}

function readOrders(text: string): ReturnType<typeof parseOrderRequest> {
  const body = readJsonBody({ body: Buffer.from(text) });
  if (body.problem !== null) return { request: null, problems: [body.problem] };
  return parseOrderRequest(body.value);
}
