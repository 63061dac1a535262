import { booksOf, readRuns } from '@mispriced/core';
import { ManualClock } from '@mispriced/functions-host';
import { openMarket, slot, type CraftedLoans } from '../../crash/support/crafted-market.ts';
import { settingsOf } from '../../crash/support/prove-kill.ts';
import { runOnce } from '../../crash/support/run-once.ts';
import type { TradingStack } from '../../crash/support/trading-stack.ts';
import { startAppHost, type OnFinished } from './start-app-host.ts';

/** Trades once on the simulated market, so that there is an archived listing to replay. */
export async function archiveListing(stack: TradingStack, crafted: CraftedLoans): Promise<string> {
  const market = await openMarket(crafted.loans);
  try {
    const settings = settingsOf(stack, market.settings, 'archived');
    const { runId } = await runOnce({ settings, slot });
    return `blob:runs/${runId}/listing.json`;
  } finally {
    await market.close();
  }
}

/** The slots that the deployed app's own `daily-trade` ran between two moments of a driven clock. */
export async function liveDays(args: {
  stack: TradingStack;
  strategy: string;
  listing: string;
  schedule: string;
  timeZone: string;
  from: Date;
  to: Date;
  onFinished?: OnFinished;
}): Promise<{ slots: readonly Date[]; timer: string; firings: number }> {
  const { stack, strategy } = args;
  const clock = new ManualClock(args.from);
  const settings = {
    ...settingsOf(stack, { MISPRICED__STAGE: 'embedded' }, strategy),
    MISPRICED__RUN__MODE: 'paper',
    MISPRICED__VENUE__NAME: 'replay',
    MISPRICED__VENUE__LISTING: args.listing,
    MISPRICED__SCHEDULE__DAILY_TRADE: args.schedule,
    MISPRICED__SCHEDULE__TIME_ZONE: args.timeZone,
    'AzureWebJobs.refresh-data.Disabled': 'true',
  };
  const { host, readLog } = await startAppHost(
    { settings, clock, runTimers: true, appFollowsClock: true },
    args.onFinished,
  );
  clock.settleWith(() => host.whenIdle());
  await clock.advanceTo(args.to);
  const timer = host.functions().find(({ name }) => name === 'daily-trade')?.schedule ?? '';
  await host.stop();
  const runs = readRuns(await stack.ledgerOf(booksOf(strategy, 'paper')).read());
  return {
    slots: runs.map(({ started }) => new Date(started.slot)),
    timer,
    firings: (await readLog()).split('Timer fired at').length - 1,
  };
}

/** A moment as the clock on a wall shows it: `2026-03-29 01:30`. */
export function wallClock(moment: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return format.format(moment);
}
