import type { RunSummary } from '@mispriced/core';
import { BlobStateStore } from '@mispriced/functions-host';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { startAppHost } from '../app/support/start-app-host.ts';
import { compareBooks, marketOrders } from './support/compare-books.ts';
import { craftLoans, limits, openMarket, slot } from './support/crafted-market.ts';
import { settingsOf } from './support/prove-kill.ts';
import { startRun } from './support/start-run.ts';
import { openBlobStack, openFileStack, type TradingStack } from './support/trading-stack.ts';

const crafted = await craftLoans();
const files = await openFileStack(crafted.generated);
const blobs = await openBlobStack(crafted.generated);

afterAll(async () => {
  await files.close();
  await blobs.close();
});

async function openOwnMarket() {
  const market = await openMarket(crafted.loans);
  onTestFinished(() => market.close());
  return market;
}

async function proveOneTraded(args: {
  stack: TradingStack;
  strategy: string;
  marketUrl: string;
  summaries: readonly (RunSummary | null)[];
}): Promise<void> {
  const { stack, strategy, marketUrl, summaries } = args;
  const statuses = summaries.map((summary) => summary?.status).toSorted();
  expect(statuses).toEqual(['skipped', 'traded']);
  expect(summaries.map((summary) => summary?.bought).toSorted()).toEqual([0, limits.orders]);
  const filled = await marketOrders(marketUrl);
  expect(filled).toHaveLength(limits.orders);
  const entries = await stack.ledgerOf(strategy).read();
  expect(compareBooks({ filled, entries })).toEqual([]);
  expect(entries.filter(({ type }) => type === 'run-started')).toHaveLength(1);
}

describe('a slot that is started twice at the same moment', () => {
  it.each([
    ['files', files],
    ['Azurite', blobs],
  ])('by two processes over %s is traded once', async (where, stack) => {
    const strategy = `twice-${where.toLowerCase()}`;
    const market = await openOwnMarket();
    const settings = settingsOf(stack, market.settings, strategy);
    const ended = await Promise.all([startRun({ settings, slot }), startRun({ settings, slot })]);
    const summaries = ended.map(({ summary }) => summary);
    await proveOneTraded({ stack, strategy, marketUrl: market.url, summaries });
  });

  it('by two functions hosts on one storage account is traded once', async () => {
    const strategy = 'twice-hosts';
    const market = await openOwnMarket();
    const settings = {
      ...settingsOf(blobs, market.settings, strategy),
      MISPRICED__RUN__SLOT: slot.toISOString(),
    };
    const stateStore = BlobStateStore.fromConnectionString(blobs.connectionString);
    const hosts = [
      await startAppHost({ settings, stateStore }),
      await startAppHost({ settings, stateStore }),
    ];
    const results = await Promise.all(hosts.map(({ host }) => host.invoke('daily-trade')));
    expect(results.map(({ error }) => error)).toEqual([null, null]);
    const summaries = results.map(({ returnValue }) => returnValue as RunSummary);
    await proveOneTraded({ stack: blobs, strategy, marketUrl: market.url, summaries });
  });
});
