import type { HttpRequest, HttpResponse, RouteParameters } from '@mispriced/loopback-server';
import {
  type Market,
  type lendingClubApi,
  type Offers,
  pacificTime,
} from '@mispriced/market/lendingclub/parts';
import { parseCalendarDate, zeroMoney } from '@mispriced/core';
import type { Account, NoteFate } from './account.ts';

/** Who may ask, and about what. */
export interface MarketIdentity {
  readonly accountId: number;
  readonly accessKey: string;
  readonly offers: Offers;
}

/** The market's time as the API writes dates: ten o'clock where LendingClub was, on the day in UTC. */
export function marketTimeAt(milliseconds: number): string {
  const day = new Date(milliseconds).toISOString().slice(0, 10);
  const known = timesOfDays.get(day) ?? pacificTime(parseCalendarDate(day), '10:00:00');
  timesOfDays.set(day, known);
  return known;
}

/** Kept, for time zones are slow to ask and every request needs one. */
const timesOfDays = new Map<string, string>();

/** An account at a moment, as the routes of the simulated market read it. */
export function marketView(
  identity: MarketIdentity,
  account: Account,
  atMilliseconds: number,
): Market {
  const at = new Date(atMilliseconds);
  return {
    ...identity,
    otherKeys: new Set(),
    asOf: parseCalendarDate(at.toISOString().slice(0, 10)),
    marketTime: marketTimeAt(atMilliseconds),
    portfolios: [],
    othersBuy: () => zeroMoney,
    omitEmptyLists: false,
    store: {
      read: () => account.state,
      commit: () => {
        throw new Error('A read of the market changed its account.');
      },
    },
    // The pace is kept where requests arrive.
    limit: { admit: () => true, refused: 0 },
    clock: () => at,
  };
}

const statusOfFate: Readonly<Partial<Record<NoteFate, string>>> = {
  repaid: 'Fully Paid',
  'charged-off': 'Charged Off',
};

type ApiRoute = (typeof lendingClubApi.routes)[number];

/** What a `GET` is answered about an account as it was at a moment. */
export function answerRead(args: {
  readonly view: Market;
  readonly account: Account;
  readonly route: ApiRoute;
  readonly request: HttpRequest;
  readonly parameters: RouteParameters;
}): HttpResponse {
  const { view, account, route, request, parameters } = args;
  const body = { value: null, problem: null };
  const response = route.answer(view, { request, parameters, body, fault: null });
  return { ...response, body: withFates(response.body, account) };
}

interface AnsweredNote {
  readonly noteId: number;
  readonly noteAmount: number;
}

/** The simulated market's notes are all in funding; here some have come to an end. */
function withFates(body: unknown, account: Account): unknown {
  if (account.fates.size === 0 || typeof body !== 'object' || body === null) return body;
  if (!('myNotes' in body)) return body;
  const myNotes = (body.myNotes as readonly AnsweredNote[]).map((note) => {
    const fate = account.fates.get(note.noteId);
    if (fate === undefined) return note;
    const paymentsReceived = fate === 'repaid' ? note.noteAmount : 0;
    return { ...note, loanStatus: statusOfFate[fate], paymentsReceived };
  });
  return { ...body, myNotes };
}
