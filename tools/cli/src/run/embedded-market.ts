import { simulatedVenue, type Override } from '@mispriced/config';
import type { CalendarDate } from '@mispriced/core';
import { type LoanRow, type RunningMarket, startMarket } from '@mispriced/market/lendingclub';
import { type GeneratedMarket, generateLoans } from '@mispriced/market/lendingclub/generator';

/** The simulated account: nobody's. */
const accountId = 70_001;
const accessKey = 'simulated-market-key';
const { requestsPerSecond } = simulatedVenue;
const loansListed = 250;

/** The simulated country of one month: its loans on offer, and the own data to join. */
export function generateMonth(seed: number, day: CalendarDate): GeneratedMarket {
  return generateLoans({ seed, firstMonth: day, months: 1, loansPerMonth: loansListed });
}

/**
 * Starts the simulated market on loopback and returns the settings that lead to it.
 *
 * @param loans A loan file's rows; of them the month of `day` is on offer.
 */
export async function startEmbeddedMarket(args: {
  loans: readonly LoanRow[];
  /** Where a row of them stands, for messages; its number unless given. */
  placeOfLoan?: ((row: number) => string) | undefined;
  day: CalendarDate;
  /** Dollars of an account that has bought nothing yet. */
  cash: string;
  seed: number;
  /** Keeps what the account bought beyond the process; none unless given. */
  stateFile?: string;
}): Promise<{
  market: RunningMarket;
  /** What a client of it needs. */
  access: { baseUrl: string; accountId: string; accessKey: string; requestsPerSecond: number };
  overrides: readonly Override[];
}> {
  const market = await startMarket({
    loans: args.loans,
    placeOfLoan: args.placeOfLoan,
    asOf: args.day,
    cash: args.cash,
    accessKey,
    accountId,
    requestsPerSecond,
    seed: args.seed,
    ...(args.stateFile !== undefined && { stateFile: args.stateFile }),
  });
  return {
    market,
    access: { baseUrl: market.url, accountId: String(accountId), accessKey, requestsPerSecond },
    overrides: [
      { key: 'venue.name', value: 'lendingclub' },
      { key: 'venue.url', value: market.url },
      { key: 'venue.account_id', value: String(accountId) },
      { key: 'venue.requests_per_second', value: String(requestsPerSecond) },
      { key: 'trading_api_key', value: accessKey },
    ],
  };
}
