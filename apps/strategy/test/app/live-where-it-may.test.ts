import { afterAll, expect, it, onTestFinished } from 'vitest';
import { marketOrders } from '../crash/support/compare-books.ts';
import { craftLoans, openMarket, slot } from '../crash/support/crafted-market.ts';
import { settingsOf } from '../crash/support/prove-kill.ts';
import { openBlobStack } from '../crash/support/trading-stack.ts';
import { startAppHost } from './support/start-app-host.ts';

const crafted = await craftLoans();
const blobs = await openBlobStack(crafted.generated);
afterAll(() => blobs.close());

/** The app at a market where there is much to buy, told to trade live in a stage, by hand. */
async function tradeLive(
  name: string,
  { stage, ...more }: { stage: string } & Readonly<Record<string, string>>,
) {
  const market = await openMarket(crafted.loans);
  onTestFinished(() => market.close());
  const { host, readLog } = await startAppHost({
    settings: {
      ...settingsOf(blobs, market.settings, name),
      MISPRICED__VENUE__NAME: 'lendingclub',
      MISPRICED__RUN__SLOT: slot.toISOString(),
      MISPRICED__STAGE: stage,
      ...more,
    },
  });
  const names = host.functions().map(({ name }) => name);
  // A configuration that is refused registers no timer that could run.
  const result = names.includes('daily-trade') ? await host.invoke('daily-trade') : null;
  return { names, result, log: await readLog(), orders: await marketOrders(market.url) };
}

it('trades live where it may, with these very settings', async () => {
  const { result, orders } = await tradeLive('live-in-embedded', { stage: 'embedded' });
  expect(result).toMatchObject({ error: null });
  expect(orders.length).toBeGreaterThan(0);
});

it('refuses to trade live in a preview, and orders nothing', async () => {
  const { names, log, orders } = await tradeLive('live-in-preview', { stage: 'preview' });
  expect(names).toEqual(['status']);
  expect(log).toContain('A preview never trades live.');
  expect(orders).toEqual([]);
});

const anHourLate = new Date(slot.getTime() + 3_600_000).toISOString();

it('refuses a slot that the schedule does not have, and orders nothing', async () => {
  const { names, log, orders } = await tradeLive('unscheduled', {
    stage: 'embedded',
    MISPRICED__RUN__SLOT: anHourLate,
  });
  expect(names).toEqual(['status']);
  expect(log).toContain('The last scheduled moment before it is 2010-12-15T15:25:03Z');
  expect(orders).toEqual([]);
});

it('runs such a slot where somebody means it', async () => {
  const { result, orders } = await tradeLive('meant', {
    stage: 'embedded',
    MISPRICED__RUN__SLOT: anHourLate,
    MISPRICED__RUN__ANYWAY: 'true',
  });
  expect(result).toMatchObject({ error: null, returnValue: { slot: anHourLate, mode: 'live' } });
  expect(orders.length).toBeGreaterThan(0);
});
