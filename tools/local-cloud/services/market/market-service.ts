import { join } from 'node:path';
import type { CloudService } from '../../src/services/cloud-service.ts';
import { demoMarketSeed, generateLoans } from './generator/index.ts';
import { startMarket } from './start-market.ts';

/** The simulated account of the local cloud: nobody's. */
const localMarketAccount = {
  accountId: 70_001,
  accessKey: 'simulated-market-key',
  cash: '100000.00',
} as const;

const loansListed = 250;

/**
 * The simulated market as a service of the local cloud: it lists generated loans of the month in which
 * it was started, and remembers what it sold from one start to the next.
 */
export const marketService: CloudService = {
  name: 'market',
  start: async ({ folder, clock }) => {
    const day = clock().toISOString().slice(0, 10);
    const { loans } = generateLoans({
      seed: demoMarketSeed,
      firstMonth: day,
      months: 1,
      loansPerMonth: loansListed,
    });
    return startMarket({
      ...localMarketAccount,
      loans,
      asOf: day,
      requestsPerSecond: 20,
      stateFile: join(folder, 'market.json'),
      clock,
    });
  },
};
