import { systemClock } from '@mispriced/azure';
import { createLendingClubVenue, parseCalendarDate } from '@mispriced/core';
import { startMarket } from '@mispriced/market/lendingclub';
import {
  demoMarketSeed,
  generateLoans,
  stateUnemploymentToCsv,
  zip3IncomeToCsv,
} from '@mispriced/market/lendingclub/generator';
import type { PreviewInputs } from './preview-inputs.ts';

/** The day of the generated listing: always the same, so that every preview replays the same. */
const day = parseCalendarDate('2026-01-05');
const loansListed = 250;
const account = { accountId: 70_001, accessKey: 'simulated-market-key' };

/**
 * One day of the simulated market as an archive would hold it, asked for by the client that asks real
 * markets, with the own data that goes with it.
 */
export async function generateInputs(): Promise<PreviewInputs> {
  const generated = generateLoans({
    seed: demoMarketSeed,
    firstMonth: day,
    months: 1,
    loansPerMonth: loansListed,
  });
  const market = await startMarket({
    loans: generated.loans,
    asOf: day,
    cash: '10000.00',
    seed: 1,
    requestsPerSecond: 50,
    ...account,
  });
  try {
    const venue = createLendingClubVenue({
      baseUrl: market.url,
      accountId: String(account.accountId),
      accessKey: { reveal: () => account.accessKey },
      accessKeyName: 'trading_api_key',
      requestsPerSecond: 50,
      timeoutSeconds: 30,
      fetch,
      random: Math.random,
      nowMilliseconds: () => performance.now(),
      timeoutSignal: (milliseconds) => AbortSignal.timeout(milliseconds),
      sleep: systemClock.sleep,
    });
    const { received } = await venue.listSecurities();
    const bytes = (text: string) => new TextEncoder().encode(text);
    const csv = (text: string) => ({ bytes: bytes(text), format: 'csv' as const });
    return {
      listing: bytes(`${JSON.stringify(received, null, 2)}\n`),
      ownData: new Map([
        ['state-unemployment', csv(stateUnemploymentToCsv(generated.stateUnemployment))],
        ['zip3-income', csv(zip3IncomeToCsv(generated.zip3Income))],
      ]),
    };
  } finally {
    await market.close();
  }
}
