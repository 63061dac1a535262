import { type MarketOptions, startMarket } from '@mispriced/market/lendingclub';
import { generateMonth } from '../../src/run/embedded-market.ts';
import { day } from './run-once.ts';

const accessKey = 'key-of-the-test-market';
const accountId = 4321;

/** What a market says of itself on its control route. */
export interface MarketLog {
  readonly orders: readonly {
    readonly loanId: number;
    readonly requestedAmount: number;
    readonly investedAmount: number;
  }[];
  readonly requests: readonly { readonly fault: string | null; readonly request: unknown }[];
}

/** A simulated market that the tests look into, and the words that lead a run to it. */
export interface TestMarket {
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  /** `GET /_control/orders`. */
  log(): Promise<MarketLog>;
  /** `PUT /_control/faults`. */
  disturb(...faults: readonly object[]): Promise<void>;
  close(): Promise<void>;
}

/** The settings that lead to a market of this account. */
export function settingsOf(key = accessKey): Readonly<Record<string, string>> {
  return {
    MISPRICED__VENUE__ACCOUNT_ID: String(accountId),
    MISPRICED__TRADING_API_KEY: key,
    // Nothing is on its way here: an order is taken at once or never.
    MISPRICED__RUN__SETTLE_AFTER_SECONDS: '0.05',
  };
}

/** Starts a market; it lists the generated loans of the tests' day unless other loans are given. */
export async function startTestMarket(options: Partial<MarketOptions> = {}): Promise<TestMarket> {
  const market = await startMarket({
    loans: options.loans ?? generateMonth(1, day).loans,
    asOf: day,
    cash: '10000.00',
    accessKey,
    accountId,
    requestsPerSecond: null,
    ...options,
  });
  return {
    url: market.url,
    environment: settingsOf(),
    log: async () => {
      const response = await fetch(`${market.url}/_control/orders`);
      return (await response.json()) as MarketLog;
    },
    disturb: async (...faults) => {
      const body = JSON.stringify(faults);
      const response = await fetch(`${market.url}/_control/faults`, { method: 'PUT', body });
      if (!response.ok) throw new Error(await response.text());
    },
    close: () => market.close(),
  };
}
