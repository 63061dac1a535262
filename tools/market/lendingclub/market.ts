import type { CalendarDate } from '@mispriced/core';
import type { RateLimit } from '../http/rate-limit.ts';
import type { OthersBuy } from './other-investors.ts';
import type { Portfolio } from './portfolio.ts';
import type { Offers } from './replay/offers.ts';
import type { MarketStore } from './store.ts';

/** Everything a route may need of the running market. */
export interface Market {
  readonly accountId: number;
  readonly accessKey: string;
  /** Further keys of the same account, as there are while one takes another's place. */
  readonly otherKeys: Set<string>;
  readonly asOf: CalendarDate;
  /** The moment of the replayed day at which everything happens, as the API writes dates. */
  readonly marketTime: string;
  readonly offers: Offers;
  readonly portfolios: readonly Portfolio[];
  readonly othersBuy: OthersBuy;
  readonly omitEmptyLists: boolean;
  readonly store: MarketStore;
  readonly limit: RateLimit;
  readonly clock: () => Date;
}
