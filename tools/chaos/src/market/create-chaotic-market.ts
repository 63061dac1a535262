import { parseMoney, sumMoney, type Money } from '@mispriced/core';
import { createRateLimit, initialState, type Offers } from '@mispriced/market/lendingclub/parts';
import type { VirtualTime } from '../time/create-virtual-time.ts';
import type { Host } from '../time/host.ts';
import { createAccountTimeline } from './account-timeline.ts';
import { bookOrders } from './book-orders.ts';
import type { Conduct } from './conduct.ts';
import { openConnection } from './connection.ts';
import type { MarketDeclaration } from './declaration.ts';
import type { MarketDesk } from './market-desk.ts';
import { createMarketFetch, type SendCall } from './market-fetch.ts';
import type { MarketHistory, PersonRecord, RequestRecord } from './market-history.ts';
import { heldNotes } from './held-notes.ts';
import { marketTimeAt } from './market-view.ts';
import { actAsPerson, type PersonAction } from './person.ts';
import { serveRequest } from './serve-request.ts';

/** A market that speaks LendingClub's API v1 on virtual time, and does not always behave. */
export interface ChaoticMarket {
  /** Its address, to be given to a client. */
  readonly url: string;
  /** What a host has for `fetch`: there is no other way to this market. */
  fetchOf(host: Host): typeof fetch;
  /** What has happened so far, whatever anybody was told. */
  history(): MarketHistory;
}

/** What a market is opened with. */
export interface ChaoticMarketOptions {
  readonly time: Pick<VirtualTime, 'nowMilliseconds' | 'schedule'>;
  readonly declaration: MarketDeclaration;
  /** Drawn (`conductBySeed`), or written down for one history. */
  readonly conduct: Conduct;
  /** The loans it lists until they are sold out. */
  readonly offers: Offers;
  readonly accountId: number;
  readonly accessKey: string;
  /** Dollars. */
  readonly cash: Money;
  /** Over all hosts together; what comes too soon is answered 429. Null for no limit. */
  readonly requestsPerSecond: number | null;
  /** What was bought before, and paid for with other cash; nothing unless given. */
  readonly earlier?: readonly { readonly loanId: number; readonly requestedAmount: number }[];
  /** What happens in the account without the product; nothing unless given. */
  readonly person?: readonly PersonAction[];
}

const origin = 'https://market.example';

/** Opens a market at this moment of the time line. */
export function createChaoticMarket(options: ChaoticMarketOptions): ChaoticMarket {
  const { time, declaration, conduct, offers, accountId, accessKey } = options;
  const now = (): number => time.nowMilliseconds();
  const paid = sumMoney((options.earlier ?? []).map((each) => parseMoney(each.requestedAmount)));
  const empty = { state: initialState(options.cash.plus(paid)), fates: new Map() };
  const { account: initial, booked: earlier } = bookOrders(empty, [...(options.earlier ?? [])], {
    offers,
    declaration,
    fillOf: () => ({ fill: 'as-asked', extent: 0 }),
    marketTime: marketTimeAt(now()),
    atMilliseconds: now(),
  });
  const desk: MarketDesk = {
    time,
    declaration,
    conduct,
    identity: { accountId, accessKey, offers },
    timeline: createAccountTimeline(now, initial),
    limit: createRateLimit(options.requestsPerSecond, now),
  };
  const requests: RequestRecord[] = [];
  const person: PersonRecord[] = [];
  for (const action of options.person ?? []) {
    time.schedule({
      atMilliseconds: action.atMilliseconds,
      isBackground: true,
      act: () => {
        const done = actAsPerson(desk, action, requests);
        if (done !== null) person.push(done);
      },
    });
  }
  const send: SendCall = ({ host, call, signal, finish }) => {
    const record: RequestRecord = {
      number: requests.length + 1,
      host: host.name,
      method: call.method,
      path: call.url.pathname,
      sentAtMilliseconds: now(),
      receivedAtMilliseconds: null,
      endedAtMilliseconds: null,
      answer: null,
      order: null,
      shownAsOfMilliseconds: null,
    };
    requests.push(record);
    serveRequest(desk, call, openConnection({ time, host, record, finish, signal }));
  };
  return {
    url: origin,
    fetchOf: (host) => createMarketFetch({ host, origin, send }),
    history: () => ({
      declaration,
      earlier,
      requests: [...requests],
      person: [...person],
      notes: heldNotes(desk.timeline.latest(), person),
      cash: desk.timeline.latest().state.cash,
    }),
  };
}
