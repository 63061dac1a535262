import { describe, expect, it } from 'vitest';
import {
  formatMoney,
  MispricedError,
  parseMoney,
  sumMoney,
  type RunSummary,
  type Venue,
} from './domain/index.ts';
import { committedMoney, isUnsettled, readRuns } from './ledger/index.ts';
import type { RunSettings } from './pipeline-parts.ts';
import type { RunDependencies } from './run-slot.ts';
import {
  inventedDependencies,
  inventedSettings,
  newState,
  runOver,
  type InventedState,
} from './test/invented-run.ts';
import { inventedListing } from './test/invented-venue.ts';

const listings = Array.from({ length: 9 }, (_, index) => inventedListing(String(index + 1)));

const limits: Partial<RunSettings> = {
  cashLimit: parseMoney('150.00'),
  limits: {
    ...inventedSettings(newState(), []).limits,
    perRun: parseMoney('175.00'),
    perDay: parseMoney('175.00'),
  },
};

type Call = (...args: never[]) => Promise<unknown>;

interface Trouble {
  /** How many steps go well before. */
  readonly steps: number;
  /** Whether the step that fails has its effect all the same. */
  readonly hasEffect: boolean;
  /** A killed process does nothing more; otherwise one step fails and all later ones go well. */
  readonly kills: boolean;
}

/** Lets a run do so many steps in the world and then gets in its way. */
function inTheWay({ steps, hasEffect, kills }: Trouble) {
  let done = 0;
  const trouble = (): Error =>
    kills
      ? new Error('killed')
      : new MispricedError({ code: 'STORE_UNAVAILABLE', message: 'no answer', fix: 'wait' });
  const step = <Step extends Call>(call: Step): Step =>
    (async (...args: never[]) => {
      done += 1;
      const isNow = done === steps + 1;
      if ((isNow && !hasEffect) || (kills && done > steps + 1)) throw trouble();
      const result = await call(...args);
      if (isNow) throw trouble();
      return result;
    }) as Step;
  const object = <Thing extends object>(thing: Thing, names: readonly (keyof Thing)[]): Thing => ({
    ...thing,
    ...Object.fromEntries(names.map((name) => [name, step(thing[name] as Call)])),
  });
  // A venue never throws where something may have been bought: that it may is what a kill is for.
  const orders: readonly (keyof Venue)[] = kills || !hasEffect ? ['placeOrders'] : [];
  const venue = (thing: Venue): Venue =>
    object(thing, ['listSecurities', 'availableCash', 'findOrders', ...orders]);
  return { object, venue, happened: () => done > steps };
}

function runInto(state: InventedState, trouble: ReturnType<typeof inTheWay>): Promise<RunSummary> {
  const settings = inventedSettings(state, listings);
  const dependencies = inventedDependencies(state);
  const change: { settings: Partial<RunSettings>; dependencies: Partial<RunDependencies> } = {
    settings: {
      ...limits,
      venue: trouble.venue(settings.venue),
      archive: trouble.object(settings.archive, ['write']),
    },
    dependencies: {
      ledger: trouble.object(dependencies.ledger, ['read', 'beginEpoch', 'append']),
    },
  };
  return runOver(state, listings, change);
}

/** Every step of a run at which something can go wrong, in both ways. */
async function forEveryStep(
  kills: boolean,
  check: (run: { state: InventedState; first: RunSummary; where: string }) => Promise<void>,
): Promise<number> {
  let troubles = 0;
  for (const hasEffect of [false, true]) {
    for (let steps = 0; ; steps += 1) {
      const state = newState();
      const trouble = inTheWay({ steps, hasEffect, kills });
      const first = await runInto(state, trouble);
      if (!trouble.happened()) break;
      troubles += 1;
      const where = `after ${steps} steps${hasEffect ? ', the last with effect' : ''}`;
      await check({ state, first, where });
    }
  }
  return troubles;
}

const spentAt = ({ account }: InventedState): string =>
  formatMoney(sumMoney(account.holdings.map(({ filled }) => filled)));

function expectHonestBooks(state: InventedState, where: string): void {
  const sent = state.account.sent.map(({ listingId }) => listingId);
  expect(new Set(sent).size, where).toBe(sent.length);
  const orders = readRuns(state.entries).flatMap((run) => run.orders);
  // Nothing is at the market that the ledger does not know, and what is open counts as bought.
  const known = new Map(orders.map((order) => [order.intent.listingId, order]));
  for (const { listingId, filled } of state.account.holdings) {
    const order = known.get(listingId);
    expect(order?.result?.filled, where).toBe(formatMoney(filled));
  }
  const settled = orders.filter((order) => !isUnsettled(order));
  expect(formatMoney(sumMoney(settled.map(committedMoney))), where).toBe(spentAt(state));
  for (const run of readRuns(state.entries)) {
    expect(Number(sumMoney(run.orders.map(committedMoney))), where).toBeLessThanOrEqual(175);
  }
}

describe('a run killed at any step', () => {
  it('is finished by the next start, which buys nothing twice and exceeds no limit', async () => {
    const kills = await forEveryStep(true, async ({ state, where }) => {
      const next = await runOver(state, listings, { settings: limits });
      // An order that was meant, and not sent for all anybody knows, stays open.
      expect(['traded', 'skipped', 'partial'], where).toContain(next.status);
      if (next.status === 'partial') expect(next.error?.code, where).toBe('ORDER_UNKNOWN');
      expect(Number(spentAt(state)), where).toBeLessThanOrEqual(150);
      expectHonestBooks(state, where);
      if (next.status === 'traded') expect(next.spent, where).toBe(spentAt(state));

      const sent = state.account.sent.length;
      expect((await runOver(state, listings, { settings: limits })).status).toBe('skipped');
      expect(state.account.sent, where).toHaveLength(sent);
    });
    expect(kills).toBeGreaterThan(30);
  });
});

describe('a run of which one step fails', () => {
  it('never hides what it bought, and the next day puts the books right', async () => {
    const failures = await forEveryStep(false, async ({ state, first, where }) => {
      expect(first.error?.code ?? 'none', where).toMatch(/^(none|STORE_UNAVAILABLE)$/);
      if (first.status === 'failed') expect(spentAt(state), where).toBe('0.00');
      expect(Number(first.spent), where).toBeLessThanOrEqual(Number(spentAt(state)));

      const tomorrow = new Date('2026-01-06T15:25:03Z');
      await runOver(state, listings, { settings: { ...limits, slot: tomorrow } });
      expectHonestBooks(state, where);
    });
    expect(failures).toBeGreaterThan(30);
  });
});
