import type { LedgerEntry, RunSummary } from '@mispriced/core';
import { expect } from 'vitest';
import { compareBooks, marketOrders, type MarketOrder } from './compare-books.ts';
import { openMarket, slot, type CraftedLoans } from './crafted-market.ts';
import { settingsOf, type NamedKillPoint } from './prove-kill.ts';
import { runOnce } from './run-once.ts';
import type { KillPoint } from './start-run.ts';
import type { TradingStack } from './trading-stack.ts';

/** What came of a run that lost its lease on the way. */
interface Takeover {
  readonly loser: RunSummary;
  readonly winner: RunSummary | null;
  /** The effects of the loser since then. */
  readonly since: readonly string[];
  readonly filled: readonly MarketOrder[];
  readonly entries: readonly LedgerEntry[];
}

/**
 * The moments at which a run that has lost its lease can still know it. Between the last look at the
 * lease and the request nothing can be looked at: its orders stay open.
 */
export function takeoverPoints(points: readonly NamedKillPoint[]): readonly NamedKillPoint[] {
  const isSending = (point: NamedKillPoint | undefined): boolean =>
    point?.moment === 'before' && point.name.includes('POST');
  return points.filter((point, index) => {
    const isLastLook = isSending(points[index + 1]);
    return !isLastLook && !isSending(point) && !point.name.includes('acquire the lease');
  });
}

/**
 * Lets a run go on until a point. There its lease lapses, and another run takes it and does all of
 * its work. Then the first goes on, and must find that it may not.
 */
export async function proveTakeover(args: {
  stack: TradingStack;
  crafted: CraftedLoans;
  strategy: string;
  point: KillPoint;
  otherSlot: Date;
}): Promise<Takeover> {
  const { stack, strategy, point, otherSlot } = args;
  const market = await openMarket(args.crafted.loans);
  try {
    const settings = settingsOf(stack, market.settings, strategy);
    const since: string[] = [];
    const winners: RunSummary[] = [];
    const loser = await runOnce({
      settings,
      slot,
      listen: async (effect, moment) => {
        if (winners.length > 0 && moment === 'before') since.push(effect.name);
        if (effect.number !== point.number || moment !== point.moment) return;
        await stack.breakLease(strategy);
        winners.push(await runOnce({ settings, slot: otherSlot }));
      },
    });
    expect(winners, JSON.stringify(loser)).toHaveLength(1);
    const filled = await marketOrders(market.url);
    const entries = await stack.ledgerOf(strategy).read();
    const taken = { loser, winner: winners[0] ?? null, since, filled, entries };
    expectOneWriter(taken);
    return taken;
  } finally {
    await market.close();
  }
}

function expectOneWriter({ loser, since, filled, entries }: Takeover): void {
  expect(since).not.toContain('POST orders');
  expect(compareBooks({ filled, entries })).toEqual([]);
  // Whoever took over has the last word in the ledger; of a slot that had ended, only that it looked.
  expect(entries.findLast(({ type }) => type !== 'lease-taken')?.type).toBe('run-finished');
  const hadEnded = since.every((name) => name === 'release the lease');
  if (hadEnded) return;
  expect(['RUN_LEASE_LOST', 'STORE_CONFLICT']).toContain(loser.error?.code);
  // Looks at the lease and one refused write, and nothing else.
  expect(since.filter((name) => name.startsWith('append ')).length).toBeLessThanOrEqual(1);
}
