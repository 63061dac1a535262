import { parseMoney, zeroMoney } from '@mispriced/core';
import { createRateLimit } from '../http/rate-limit.ts';
import { type RunningMarket, serveMarket } from '../http/serve-market.ts';
import { defineMarket } from './define-market.ts';
import type { Market } from './market.ts';
import { checkMarketOptions, type MarketOptions } from './market-options.ts';
import { othersBuyBySeed } from './other-investors.ts';
import { offersOn } from './replay/offers.ts';
import { pacificTime } from './replay/pacific-time.ts';
import { openStore } from './store.ts';

/**
 * Starts a simulated market that speaks LendingClub's API v1 over HTTP and replays one day of a
 * loan file. Its API is under `/api/investor/v1`. It is a simulation: what it does and does not do
 * stands in SUPPORT.md beside it.
 *
 * @throws MispricedError `CONFIG_INVALID` or `DATA_INVALID`, before anything
 * listens; Error `EADDRINUSE` where the port is taken.
 */
export async function startMarket(options: MarketOptions): Promise<RunningMarket> {
  checkMarketOptions(options);
  return serveMarket({ market: defineMarket(createMarket(options)), port: options.port });
}

function createMarket(options: MarketOptions): Market {
  const { accountId, asOf, otherInvestors } = options;
  const perSecond = options.requestsPerSecond === undefined ? 1 : options.requestsPerSecond;
  const elapsed = options.elapsedMilliseconds ?? (() => performance.now());
  const cash = parseMoney(options.cash, 'cash');
  return {
    accountId,
    accessKey: options.accessKey,
    otherKeys: new Set(),
    asOf,
    marketTime: pacificTime(asOf, '10:00:00'),
    offers: offersOn(options.loans, asOf, options.placeOfLoan),
    portfolios: options.portfolios ?? [],
    othersBuy: otherInvestors
      ? othersBuyBySeed(options.seed ?? 0, otherInvestors)
      : () => zeroMoney,
    omitEmptyLists: options.omitEmptyLists ?? false,
    store: openStore({ accountId, cash, stateFile: options.stateFile ?? null }),
    limit: createRateLimit(perSecond, elapsed),
    clock: options.clock ?? (() => new Date()),
  };
}
