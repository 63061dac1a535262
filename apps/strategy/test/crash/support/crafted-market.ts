import { parseDecisionsCsv } from '@mispriced/core';
import { type LoanRow, type RunningMarket, startMarket } from '@mispriced/market/lendingclub';
import {
  demoMarketSeed,
  type GeneratedMarket,
  generateLoans,
} from '@mispriced/market/lendingclub/generator';
import { runOnce } from './run-once.ts';
import { openFileStack } from './trading-stack.ts';

const day = '2010-12-15';
export const slot = new Date('2010-12-15T15:25:03Z');
export const nextSlot = new Date('2010-12-16T15:25:03Z');

/** Orders in one request. */
export const batchSize = 2;
/** What a run may do; the sixth loan worth buying is always one too many. */
export const limits = { perOrder: 25, perRun: 125, orders: 5, cash: 1000 };

const accessKey = 'key-of-the-simulated-market';
const accountId = 70_001;
const [loansWorthBuying, loansNotWorthIt] = [14, 6];

/** Loans of which a run would buy fourteen if it might, and the own data that goes with them. */
export interface CraftedLoans {
  readonly loans: readonly LoanRow[];
  readonly generated: GeneratedMarket;
}

/**
 * Picks loans from a month of the simulated market by what a run on paper thinks of them.
 *
 * @throws Error where too few are worth buying.
 */
export async function craftLoans(): Promise<CraftedLoans> {
  const generated = generateLoans({
    seed: demoMarketSeed,
    firstMonth: day,
    months: 1,
    loansPerMonth: 250,
  });
  const stack = await openFileStack(generated);
  const market = await openMarket(generated.loans);
  try {
    const settings = { ...stack.settings, ...market.settings, MISPRICED__RUN__MODE: 'paper' };
    const { runId } = await runOnce({ settings, slot });
    const csv = await stack.objects.read('runs', `${runId}/decisions.csv`);
    const decisions = parseDecisionsCsv(new TextDecoder().decode(csv?.bytes), 'decisions.csv');
    const chosen = [
      ...decisions.filter(({ edge }) => edge !== null && edge < -0.04).slice(0, loansWorthBuying),
      ...decisions.filter(({ edge }) => edge !== null && edge > 0).slice(0, loansNotWorthIt),
    ].map(({ id }) => id);
    if (chosen.length !== loansWorthBuying + loansNotWorthIt) throw new Error('too few loans');
    const loans = generated.loans.filter((loan) => chosen.includes(loan.loan_id));
    return { loans, generated };
  } finally {
    await market.close();
    await stack.close();
  }
}

/** A simulated market in this process, which outlives every run that is killed. */
export interface TestMarket extends RunningMarket {
  /** The settings that lead a strategy to it and let it buy five loans there. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Opens a market of its own for one proof. */
export async function openMarket(loans: readonly LoanRow[]): Promise<TestMarket> {
  const market = await startMarket({
    loans,
    asOf: day,
    cash: `${limits.cash}.00`,
    accessKey,
    accountId,
    requestsPerSecond: null,
  });
  return {
    ...market,
    settings: {
      MISPRICED__STAGE: 'embedded',
      MISPRICED__RUN__MODE: 'live',
      MISPRICED__RUN__BATCH_SIZE: String(batchSize),
      MISPRICED__RUN__SETTLE_AFTER_SECONDS: '0',
      MISPRICED__LIMITS__PER_ORDER: `${limits.perOrder}.00`,
      MISPRICED__LIMITS__PER_RUN: `${limits.perRun}.00`,
      MISPRICED__VENUE__URL: market.url,
      MISPRICED__VENUE__ACCOUNT_ID: String(accountId),
      MISPRICED__VENUE__REQUESTS_PER_SECOND: '100',
      MISPRICED__TRADING_API_KEY: accessKey,
    },
  };
}
