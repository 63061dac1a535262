import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseMoney, zeroMoney } from '@mispriced/core';
import { createFaultQueue } from './faults/fault-queue.ts';
import { sendAnswer } from '../http/answer.ts';
import { refusal } from '../http/api-problem.ts';
import { createRateLimit } from './limits.ts';
import type { Market } from './market.ts';
import { checkMarketOptions, type MarketOptions } from './market-options.ts';
import { othersBuyBySeed } from './other-investors.ts';
import { offersOn } from './replay/offers.ts';
import { pacificTime } from './replay/pacific-time.ts';
import { handleRequest } from './routes/handle-request.ts';
import { openStore } from './store.ts';

/** A market that runs. */
export interface RunningMarket {
  /** Where it listens, on loopback, without a path: the API is under `/api/investor/v1`. */
  readonly url: string;
  /** Ends it and every connection to it. */
  close(): Promise<void>;
}

/**
 * Starts a simulated market that speaks LendingClub's API v1 over HTTP and replays one day of a
 * loan file. It is a simulation: what it does and does not do stands in SUPPORT.md beside it.
 *
 * @throws MispricedError `CONFIG_INVALID` or `DATA_INVALID`, before anything listens.
 */
export async function startMarket(options: MarketOptions): Promise<RunningMarket> {
  checkMarketOptions(options);
  const market = createMarket(options);
  const closing = new AbortController();
  const server = createServer((request, response) => {
    handleRequest({ market, request, response, signal: closing.signal }).catch((error: unknown) => {
      if (closing.signal.aborted || response.headersSent) {
        response.destroy();
        return;
      }
      const message = error instanceof Error ? error.message : String(error);
      sendAnswer(response, refusal(500, 'internal', message));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      closing.abort();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
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
    offers: offersOn(options.loans, asOf),
    portfolios: options.portfolios ?? [],
    othersBuy: otherInvestors
      ? othersBuyBySeed(options.seed ?? 0, otherInvestors)
      : () => zeroMoney,
    omitEmptyLists: options.omitEmptyLists ?? false,
    store: openStore({ accountId, cash, stateFile: options.stateFile ?? null }),
    faults: createFaultQueue(),
    limit: createRateLimit(perSecond, elapsed),
    clock: options.clock ?? (() => new Date()),
  };
}
