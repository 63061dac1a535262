import { runIdFor, type RunSummary } from '@mispriced/core';
import { expect } from 'vitest';
import { compareBooks, marketOrders, openOrders } from './compare-books.ts';
import { batchSize, limits, openMarket, slot, type CraftedLoans } from './crafted-market.ts';
import type { Moment } from './effects.ts';
import { runOnce } from './run-once.ts';
import { startRun, type KillPoint } from './start-run.ts';
import type { TradingStack } from './trading-stack.ts';

/** A moment of a run at which it can be killed, with a name for people. */
export interface NamedKillPoint extends KillPoint {
  readonly name: string;
}

/** Every moment of a run that nothing disturbs: before each effect, and after it. */
export async function listKillPoints(
  stack: TradingStack,
  crafted: CraftedLoans,
): Promise<readonly NamedKillPoint[]> {
  const market = await openMarket(crafted.loans);
  try {
    const settings = { ...settingsOf(stack, market.settings, 'undisturbed') };
    const { effects, summary } = await startRun({ settings, slot });
    expect(summary?.status).toBe('traded');
    return effects.flatMap(({ number, name }) =>
      (['before', 'after'] as const).map((moment: Moment) => ({
        number,
        moment,
        name: `${moment} effect ${number}, ${name}`,
      })),
    );
  } finally {
    await market.close();
  }
}

/**
 * One point of each kind, for tests: what comes after an effect is a kind, however often a run has it,
 * and so is what comes before a request for orders. Before any other effect is after the one before it.
 * The proofs take all points.
 */
export function onePointOfEachKind(points: readonly NamedKillPoint[]): readonly NamedKillPoint[] {
  // Of a kind that returns in each of three batches, the one in the middle: something stands before
  // it, and something after.
  const telling = points.filter(({ name, moment }) => moment === 'after' || name.includes('POST'));
  return [...Map.groupBy(telling, kindOf).values()].flatMap((kind) =>
    kind.slice(Math.floor((kind.length - 1) / 2)).slice(0, 1),
  );
}

function kindOf({ name }: NamedKillPoint): string {
  return name.replace(/ effect \d+/, '');
}

/**
 * Kills a run at a point, starts it again until it ends, and lets the market's own books tell what
 * was bought.
 *
 * @param again Where the second start is killed too, before a third one.
 */
export async function proveKill(args: {
  stack: TradingStack;
  crafted: CraftedLoans;
  strategy: string;
  killAt: KillPoint;
  again?: KillPoint;
}): Promise<void> {
  const { stack, crafted, strategy } = args;
  const market = await openMarket(crafted.loans);
  try {
    const settings = settingsOf(stack, market.settings, strategy);
    const killed = await startRun({ settings, slot, killAt: args.killAt });
    expect(killed.signal).toBe('SIGKILL');
    if (args.again !== undefined) {
      await stack.breakLease(strategy);
      await startRun({ settings, slot, killAt: args.again });
    }
    await stack.breakLease(strategy);
    const kills = args.again === undefined ? 1 : 2;
    await proveEnding({ stack, settings, strategy, marketUrl: market.url, kills });
  } finally {
    await market.close();
  }
}

/**
 * Starts what was interrupted again, and proves that everything is as if it never had been: but for
 * orders that were written down and not sent. Nobody saw their attempts end, so they stay open and
 * count as bought.
 */
export async function proveEnding(args: {
  stack: TradingStack;
  settings: Readonly<Record<string, string>>;
  strategy: string;
  marketUrl: string;
  /** How often it was killed: each time a batch may have been written down. One unless given. */
  kills?: number;
}): Promise<void> {
  const { stack, settings, strategy, marketUrl, kills = 1 } = args;
  const resumed = await runOnce({ settings, slot });
  expect(['traded', 'partial', 'skipped']).toContain(resumed.status);
  const further = await runOnce({ settings, slot });
  expect(further).toMatchObject({ status: 'skipped', bought: 0, error: null });

  const filled = await marketOrders(marketUrl);
  const entries = await stack.ledgerOf(strategy).read();
  const open = openOrders(entries);
  expect(compareBooks({ filled, entries, open })).toEqual([]);
  expect(open.length).toBeLessThanOrEqual(kills * batchSize);
  expect(filled.length + open.length).toBe(limits.orders);
  const runId = runIdFor(strategy, slot);
  const status = open.length === 0 ? 'traded' : 'partial';
  const end = entries.findLast(({ type }) => type === 'run-finished');
  expect(end).toMatchObject({ runId, status });
  const summary = await stack.objects.read('runs', `${runId}/summary.json`);
  const archived = JSON.parse(new TextDecoder().decode(summary?.bytes)) as RunSummary;
  const spent = `${filled.length * limits.perOrder}.00`;
  expect(archived).toMatchObject({ status, bought: filled.length, spent });
}

/** What a strategy is told that has books of its own, under its own name. */
export function settingsOf(
  stack: TradingStack,
  market: Readonly<Record<string, string>>,
  strategy: string,
): Readonly<Record<string, string>> {
  return {
    ...stack.settings,
    ...market,
    MISPRICED__STRATEGY__NAME: strategy,
    MISPRICED__VENUE__ACCOUNT: strategy,
  };
}
