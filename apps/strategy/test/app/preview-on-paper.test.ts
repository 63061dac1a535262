import { afterAll, expect, it, onTestFinished } from 'vitest';
import { marketOrders } from '../crash/support/compare-books.ts';
import { craftLoans, openMarket, slot } from '../crash/support/crafted-market.ts';
import { settingsOf } from '../crash/support/prove-kill.ts';
import { openBlobStack } from '../crash/support/trading-stack.ts';
import { startAppHost } from './support/start-app-host.ts';

const crafted = await craftLoans();
const blobs = await openBlobStack(crafted.generated);
afterAll(() => blobs.close());

/** The app at a market where there is much to buy, told to trade live in a stage. */
async function tradeLiveIn(stage: string) {
  const market = await openMarket(crafted.loans);
  onTestFinished(() => market.close());
  const { host, readLog } = await startAppHost({
    settings: {
      ...settingsOf(blobs, market.settings, `live-in-${stage}`),
      MISPRICED__VENUE__NAME: 'lendingclub',
      MISPRICED__RUN__SLOT: slot.toISOString(),
      MISPRICED__STAGE: stage,
    },
  });
  const names = host.functions().map(({ name }) => name);
  // A configuration that is refused registers no timer that could run.
  const result = names.includes('daily-trade') ? await host.invoke('daily-trade') : null;
  return { names, result, log: await readLog(), orders: await marketOrders(market.url) };
}

it('trades live where it may, with these very settings', async () => {
  const { result, orders } = await tradeLiveIn('embedded');
  expect(result).toMatchObject({ error: null });
  expect(orders.length).toBeGreaterThan(0);
});

it('refuses to trade live in a preview, and orders nothing', async () => {
  const { names, log, orders } = await tradeLiveIn('preview');
  expect(names).toEqual(['status']);
  expect(log).toContain('A preview never trades live.');
  expect(orders).toEqual([]);
});
