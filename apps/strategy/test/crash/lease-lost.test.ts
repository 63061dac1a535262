import { readRuns } from '@mispriced/core';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { compareBooks, marketOrders, openOrders } from './support/compare-books.ts';
import {
  batchSize,
  craftLoans,
  limits,
  nextSlot,
  openMarket,
  slot,
} from './support/crafted-market.ts';
import { listKillPoints, onePointOfEachKind, settingsOf } from './support/prove-kill.ts';
import { proveTakeover, takeoverPoints } from './support/prove-takeover.ts';
import { runOnce } from './support/run-once.ts';
import { startRun } from './support/start-run.ts';
import { openBlobStack, openFileStack } from './support/trading-stack.ts';

const crafted = await craftLoans();
const files = await openFileStack(crafted.generated);
const blobs = await openBlobStack(crafted.generated);
const everyPoint = await listKillPoints(files, crafted);
const secondRequest = everyPoint.filter(({ name }) => name.includes('POST'))[2]?.number ?? 0;
const points = takeoverPoints(everyPoint);
/** In the second of three batches, from its first look at the kill switch to its result. */
const firstResult = points.findIndex(({ name }) => name.includes('append order-result'));
const chosen = onePointOfEachKind(points.slice(firstResult, firstResult + 14));
/** Over Blob storage: what is written of an order before it is sent, and what is sent. */
const chosenOverBlobs = chosen.filter(({ name }) => /POST|order-intended/.test(name));

afterAll(async () => {
  await files.close();
  await blobs.close();
});

describe('a run whose lease is taken in the middle', () => {
  it.concurrent.each(chosen)('by its own slot over files, $name, stops', async (point) => {
    const strategy = `same-${point.number}-${point.moment}`;
    const otherSlot = slot;
    const taken = await proveTakeover({ stack: files, crafted, strategy, point, otherSlot });
    expect(taken.filled).toHaveLength(limits.orders);
  });

  it.concurrent.each(chosenOverBlobs)(
    'by the next slot over Azurite, $name, stops',
    async (point) => {
      const strategy = `next-${point.number}-${point.moment}`;
      const otherSlot = nextSlot;
      const taken = await proveTakeover({ stack: blobs, crafted, strategy, point, otherSlot });
      expect(taken.winner).toMatchObject({ status: 'traded', bought: limits.orders });
      expect(taken.loser.status).toBe('partial');
    },
  );
});

describe('a run that was killed', () => {
  it('gives its lease up by being silent: whoever waits for it goes on within a quarter minute', async () => {
    const strategy = 'silent';
    const market = await openMarket(crafted.loans);
    onTestFinished(() => market.close());
    const settings = settingsOf(blobs, market.settings, strategy);
    const killAt = { number: secondRequest, moment: 'after' } as const;
    expect((await startRun({ settings, slot, killAt })).signal).toBe('SIGKILL');
    const begun = performance.now();
    expect(await runOnce({ settings, slot })).toMatchObject({ status: 'traded' });
    const waitedSeconds = (performance.now() - begun) / 1000;
    // Azure lets nobody in before the fifteen seconds are over.
    expect(waitedSeconds).toBeGreaterThan(9);
    expect(waitedSeconds).toBeLessThan(25);
    const filled = await marketOrders(market.url);
    expect(filled).toHaveLength(limits.orders);
    const entries = await blobs.ledgerOf(strategy).read();
    expect(compareBooks({ filled, entries })).toEqual([]);
  });
});

describe('a run that is held up while its request is on the way', () => {
  it('leaves its orders open: the other counts them as bought, and orders none of them again', async () => {
    const strategy = 'on-the-way';
    const market = await openMarket(crafted.loans);
    onTestFinished(() => market.close());
    const settings = {
      ...settingsOf(files, market.settings, strategy),
      MISPRICED__RUN__SETTLE_AFTER_SECONDS: '2',
    };
    const others: ReturnType<typeof runOnce>[] = [];
    await runOnce({
      settings,
      slot,
      listen: async ({ name }, moment) => {
        if (others.length > 0 || name !== 'POST orders' || moment !== 'before') return;
        await files.breakLease(strategy);
        others.push(runOnce({ settings, slot }));
        await new Promise((resolve) => setTimeout(resolve, 500));
      },
    });
    expect(await Promise.all(others)).toMatchObject([
      { status: 'partial', bought: limits.orders - batchSize },
    ]);
    const filled = await marketOrders(market.url);
    expect(filled).toHaveLength(limits.orders);
    expect(new Set(filled.map(({ loanId }) => loanId)).size).toBe(limits.orders);
    const open = openOrders(await files.ledgerOf(strategy).read());
    expect(open).toHaveLength(batchSize);

    // The account shows them by the next run, which puts the ledger right.
    await runOnce({ settings, slot: nextSlot });
    const entries = await files.ledgerOf(strategy).read();
    expect(openOrders(entries)).toEqual([]);
    const ordered = readRuns(entries).find(({ started }) => new Date(started.slot) < nextSlot);
    const shown = ordered?.orders.filter(({ intent }) => open.includes(intent.listingId));
    expect(shown).toMatchObject([
      { result: { outcome: 'filled', source: 'read-back' } },
      { result: { outcome: 'filled', source: 'read-back' } },
    ]);
  });
});
