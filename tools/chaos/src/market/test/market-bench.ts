import { parseMoney, type Money } from '@mispriced/core';
import { loanToListing, type MarketListing } from '@mispriced/market/lendingclub';
import { chanceOf } from '../../random/chance.ts';
import { createVirtualTime, type VirtualTime } from '../../time/create-virtual-time.ts';
import type { Host, TaskOutcome } from '../../time/host.ts';
import { type ChaoticMarket, createChaoticMarket } from '../create-chaotic-market.ts';
import { calmConduct, type Conduct, type OrderConduct, type ReadConduct } from '../conduct.ts';
import type { MarketDeclaration } from '../declaration.ts';
import type { PersonAction } from '../person.ts';

export const startsAtMilliseconds = Date.parse('2010-12-15T15:25:03Z');
export const accountId = 12345;
export const accessKey = 'an-invented-key';
const base = '/api/investor/v1';
export const ordersPath = `${base}/accounts/${accountId}/orders`;
export const notesPath = `${base}/accounts/${accountId}/notes`;
export const cashPath = `${base}/accounts/${accountId}/availablecash`;

/** Settles within two minutes; fills up to ten dollars more. */
export const declaration: MarketDeclaration = {
  settleWithinSeconds: 120,
  mostFilled: (requested) => requested.plus(10),
};

/** Loans 101, 102, ... of so many dollars each. */
function offersOf(amounts: readonly number[]): ReadonlyMap<number, MarketListing> {
  const listings = amounts.map((amount, index) => {
    const row = {
      loan_id: String(101 + index),
      issue_d: '2010-12-01',
      loan_amnt: String(amount),
      term: '36',
      int_rate: '11.25',
    };
    const listing = loanToListing(row, '2010-12-15');
    if (listing === null) throw new Error('The loan is not on offer.');
    return listing;
  });
  return new Map(listings.map((listing) => [listing.id, listing]));
}

/** Calm, except for what is given for every order, every read or every fill. */
export function conductWith(changes: {
  readonly order?: Partial<OrderConduct>;
  readonly fill?: Partial<ReturnType<Conduct['fill']>>;
  readonly read?: Partial<ReadConduct>;
  readonly longestTrailingMilliseconds?: number;
}): Conduct {
  return {
    longestTrailingMilliseconds: changes.longestTrailingMilliseconds ?? 0,
    order: (request) => ({ ...calmConduct.order(request), ...changes.order }),
    fill: (request, loanId) => ({ ...calmConduct.fill(request, loanId), ...changes.fill }),
    read: (request) => ({ ...calmConduct.read(request), ...changes.read }),
  };
}

/** What a client saw of one request. */
export type Seen = { readonly status: number; readonly text: string } | { readonly failed: string };

export interface MarketBench {
  readonly time: VirtualTime;
  readonly market: ChaoticMarket;
  /** Milliseconds since the beginning. */
  elapsed(): number;
  /** One request with a time-out of 30 s, for a program on a host. */
  ask(host: Host, path: string, body?: string, init?: RequestInit): Promise<Seen>;
  /** Runs one program on a host of its own to its end and that of all that it set off. */
  run<Result>(program: (host: Host) => Promise<Result>): Promise<Result>;
}

export function openBench(
  options: {
    readonly conduct?: Conduct;
    readonly person?: readonly PersonAction[];
    readonly requestsPerSecond?: number | null;
    readonly amounts?: readonly number[];
    readonly cash?: Money;
    readonly seed?: number;
  } = {},
): MarketBench {
  const { conduct = calmConduct, person = [], requestsPerSecond = null } = options;
  const time = createVirtualTime({ startsAtMilliseconds, chance: chanceOf(options.seed ?? 1) });
  const market = createChaoticMarket({
    time,
    declaration,
    conduct,
    offers: offersOf(options.amounts ?? [1000, 1000, 1000]),
    accountId,
    accessKey,
    cash: options.cash ?? parseMoney('500.00'),
    requestsPerSecond,
    person,
  });
  const ask: MarketBench['ask'] = async (host, path, body, init = {}) => {
    try {
      const response = await market.fetchOf(host)(market.url + path, {
        headers: { authorization: accessKey },
        redirect: 'manual',
        signal: host.timeoutSignal(30_000),
        ...(body !== undefined && { method: 'POST', body }),
        ...init,
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      return { failed: wordOf(error) };
    }
  };
  return {
    time,
    market,
    ask,
    elapsed: () => time.nowMilliseconds() - startsAtMilliseconds,
    async run(program) {
      const host = time.addHost({ name: 'host' });
      const outcome = host.start(() => program(host));
      await time.run();
      return valueOf(outcome());
    },
  };
}

function valueOf<Result>(outcome: TaskOutcome<Result>): Result {
  if (outcome.kind === 'returned') return outcome.value;
  throw outcome.kind === 'threw' ? outcome.error : new Error(`The program is ${outcome.kind}.`);
}

/** The code of what went wrong in the network, or the name of the error. */
function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error.name;
}

/** The body of an order for so many dollars of each loan. */
export function orderBody(orders: Readonly<Record<number, number>>): string {
  return JSON.stringify({
    aid: accountId,
    orders: Object.entries(orders).map(([loanId, requestedAmount]) => ({
      loanId: Number(loanId),
      requestedAmount,
    })),
  });
}
