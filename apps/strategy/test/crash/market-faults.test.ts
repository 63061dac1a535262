import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { OnFinished } from '../app/support/start-app-host.ts';
import { compareBooks, marketOrders } from './support/compare-books.ts';
import { craftLoans, limits, nextSlot, openMarket, slot } from './support/crafted-market.ts';
import { settingsOf } from './support/prove-kill.ts';
import { runOnce } from './support/run-once.ts';
import { setFaults, type MarketFault } from './support/set-faults.ts';
import { openFileStack } from './support/trading-stack.ts';

const crafted = await craftLoans();
const stack = await openFileStack(crafted.generated);

afterAll(() => stack.close());

const second = { route: 'POST /orders', after: 1 };

/** A label of an account. */
function nameOf(what: string): string {
  return what.replaceAll(' ', '-').slice(0, 40).replace(/-$/, '');
}

async function disturb(
  strategy: string,
  faults: readonly MarketFault[],
  onFinished: OnFinished = onTestFinished,
) {
  const market = await openMarket(crafted.loans);
  onFinished(() => market.close());
  await setFaults(market.url, faults);
  const settings = {
    ...settingsOf(stack, market.settings, strategy),
    MISPRICED__VENUE__TIMEOUT_SECONDS: '1',
  };
  const summary = await runOnce({ settings, slot });
  const books = async () => {
    const filled = await marketOrders(market.url);
    const entries = await stack.ledgerOf(strategy).read();
    return { filled, entries, problems: compareBooks({ filled, entries }) };
  };
  return { market, settings, summary, books };
}

describe('the second of three batches', () => {
  it.concurrent.for([
    ['whose answer is lost after the orders were taken', { ...second, fault: 'lost-answer' }],
    ['answered late but in time', { ...second, fault: 'slow', delayMilliseconds: 300 }],
    ['answered too late', { ...second, fault: 'slow', delayMilliseconds: 1500 }],
    ['that is filled by half', { ...second, fault: 'partial-fill' }],
  ] as const)('%s: the account shows it, and the run goes on', async ([what, fault], context) => {
    const { summary, books } = await disturb(nameOf(what), [fault], context.onTestFinished);
    const { filled, problems } = await books();
    expect(problems).toEqual([]);
    expect(filled).toHaveLength(limits.orders);
    expect(summary).toMatchObject({ status: 'traded', error: null, bought: limits.orders });
  });

  it.concurrent.for([
    ['answered 500 after it took effect', { ...second, fault: 'status-after-effect' }],
    ['whose answer is cut off', { ...second, fault: 'malformed-answer' }],
  ] as const)('%s: the account shows it, and the run stops', async ([what, fault], context) => {
    const { summary, books } = await disturb(nameOf(what), [fault], context.onTestFinished);
    const { filled, problems } = await books();
    expect(problems).toEqual([]);
    expect(filled).toHaveLength(4);
    expect(summary).toMatchObject({ status: 'partial', bought: 4 });
    expect(summary.error?.code).toMatch(/^VENUE_/);
  });

  it.concurrent.for([
    ['answered 503 before it took effect', { ...second, fault: 'status', status: 503 }],
    ['answered 500 before it took effect', { ...second, fault: 'status', status: 500 }],
    ['that never reaches the market', { ...second, fault: 'unreachable' }],
    ['to which the market is busy', { ...second, fault: 'system-busy' }],
  ] as const)('%s: the run stops, once it is known', async ([what, fault], context) => {
    const { summary, books } = await disturb(nameOf(what), [fault], context.onTestFinished);
    const { filled, problems } = await books();
    expect(problems).toEqual([]);
    expect(filled).toHaveLength(2);
    expect(summary).toMatchObject({ status: 'partial', bought: 2 });
    expect(summary.error?.code).toMatch(/^VENUE_/);
  });

  it('whose loans were bought by others is refused, and the run goes on', async () => {
    const { summary, books } = await disturb('vanish', [{ ...second, fault: 'vanish' }]);
    const { filled, problems } = await books();
    expect(problems).toEqual([]);
    expect(filled).toHaveLength(3);
    expect(summary).toMatchObject({ status: 'traded', error: null, bought: 3 });
  });

  it('is left unknown where the account cannot be read back; the next slot settles it first', async () => {
    const { market, settings, summary, books } = await disturb('unknown', [
      { ...second, fault: 'lost-answer' },
      { route: 'GET /notes', after: 2, count: 100, fault: 'unreachable' },
    ]);
    expect(summary).toMatchObject({ status: 'partial', error: { code: 'ORDER_UNKNOWN' } });
    const between = await books();
    // The market has the second batch, of which the ledger cannot know; the third was never sent.
    expect(between.filled).toHaveLength(4);
    const unknown = between.entries.filter(
      (entry) => entry.type === 'order-result' && entry.outcome === 'unknown',
    );
    expect(unknown).toHaveLength(2);

    await setFaults(market.url, [{ route: 'GET /notes', count: 100, fault: 'unreachable' }]);
    const blind = await runOnce({ settings, slot: nextSlot });
    expect(blind).toMatchObject({ status: 'failed', bought: 0 });
    expect(blind.error?.code).toBe('VENUE_UNREACHABLE');
    expect((await books()).filled).toHaveLength(4);

    await setFaults(market.url, []);
    const next = await runOnce({ settings, slot: nextSlot });
    expect(next).toMatchObject({ status: 'traded', bought: limits.orders, error: null });
    const { filled, entries } = await books();
    expect(filled).toHaveLength(4 + limits.orders);
    const since = entries.slice(between.entries.length);
    const settledAt = since.findIndex(
      (entry) => entry.type === 'order-result' && entry.source === 'read-back',
    );
    const boughtAt = since.findIndex(({ type }) => type === 'order-intended');
    expect(settledAt).toBeGreaterThan(-1);
    expect(settledAt).toBeLessThan(boughtAt);
    // The interrupted run's end says now what it came to.
    expect(compareBooks({ filled, entries })).toEqual([]);
    const ends = since.filter(({ type }) => type === 'run-finished');
    expect(ends).toMatchObject([
      { runId: blind.runId, status: 'failed' },
      { runId: summary.runId, status: 'partial', spent: '100.00', errorCode: 'ORDER_UNKNOWN' },
      { runId: next.runId, status: 'traded' },
    ]);
  });

  it('is settled by a further start of its own slot, which buys nothing more', async () => {
    const { market, settings, books } = await disturb('again', [
      { ...second, fault: 'lost-answer' },
      { route: 'GET /notes', after: 2, count: 100, fault: 'unreachable' },
    ]);
    await setFaults(market.url, []);
    const again = await runOnce({ settings, slot });
    expect(again).toMatchObject({ status: 'skipped', bought: 0, error: null });
    const { filled, entries, problems } = await books();
    expect(filled).toHaveLength(4);
    expect(problems).toEqual([]);
    const end = entries.findLast(({ type }) => type === 'run-finished');
    expect(end).toMatchObject({ status: 'partial', spent: '100.00' });
  });
});
