import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudService } from '../service.ts';
import { writeAtomically } from '@mispriced/loopback-server';
import { type RunningMarket, startMarket } from '@mispriced/market/lendingclub';
import { demoMarketSeed, generateLoans } from '@mispriced/market/lendingclub/generator';

/** The simulated account of the local cloud: nobody's. */
const localMarketAccount = {
  accountId: 70_001,
  accessKey: 'simulated-market-key',
  cash: '100000.00',
} as const;

const name = 'market';
const loansListed = 250;

/**
 * The simulated market as a service of the local cloud: it lists generated loans of the month in which
 * it was started, and remembers what it sold from one start to the next.
 */
export const marketService: CloudService = {
  name,
  open: async ({ folderOf, clock }) => {
    const folder = folderOf(name);
    const day = clock().toISOString().slice(0, 10);
    const { loans } = generateLoans({
      seed: demoMarketSeed,
      firstMonth: day,
      months: 1,
      loansPerMonth: loansListed,
    });
    const start = (port: number): Promise<RunningMarket> =>
      startMarket({
        ...localMarketAccount,
        loans,
        asOf: day,
        requestsPerSecond: 20,
        stateFile: join(folder, 'market.json'),
        port,
        clock,
      });
    const market = await start(lastPort(folder)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      return start(0);
    });
    writeAtomically(portFile(folder), new URL(market.url).port);
    return {
      url: market.url,
      close: () => market.close(),
      environment: {
        MISPRICED_LOCAL_MARKET_ACCOUNT: String(localMarketAccount.accountId),
        MISPRICED_LOCAL_MARKET_KEY: localMarketAccount.accessKey,
      },
    };
  },
};

const portFile = (folder: string): string => join(folder, 'port');

/** The port of the last time, for environments keep the market's address; 0 at first. */
function lastPort(folder: string): number {
  const text = existsSync(portFile(folder)) ? readFileSync(portFile(folder), 'utf8') : '';
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0;
}
