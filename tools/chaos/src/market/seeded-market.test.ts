import { createLendingClubVenue, MispricedError, parseMoney } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { chanceOf } from '../random/chance.ts';
import type { Host } from '../time/host.ts';
import { bookingKinds, isPossible, orderAnswerKinds } from './conduct.ts';
import { conductBySeed } from './conduct-by-seed.ts';
import { countMarketBehaviours, marketBehaviours } from './count-behaviours.ts';
import { keepsDeclaration } from './keeps-declaration.ts';
import { drawMarketProfile } from './market-profile.ts';
import { drawPersonActions } from './person.ts';
import {
  accessKey,
  accountId,
  type MarketBench,
  openBench,
  startsAtMilliseconds,
} from './test/market-bench.ts';

/** The product's own client, on the clocks of a host. */
function venueOn(host: Host, bench: MarketBench) {
  return createLendingClubVenue({
    baseUrl: bench.market.url,
    accountId: String(accountId),
    accessKey: { reveal: () => accessKey },
    accessKeyName: 'trading_api_key',
    requestsPerSecond: 1,
    timeoutSeconds: 30,
    fetch: bench.market.fetchOf(host),
    sleep: (milliseconds) => host.sleep(milliseconds),
    timeoutSignal: (milliseconds) => host.timeoutSignal(milliseconds),
    nowMilliseconds: () => host.monotonicMilliseconds(),
    random: () => 0.5,
  });
}

/** Two hosts read and order by turns at a market that was drawn from the seed. */
async function play(seed: number, mayBreakItsWord: boolean) {
  const chance = chanceOf(seed);
  const bench = openBench({
    seed,
    amounts: Array.from({ length: 12 }, () => 1000),
    cash: parseMoney('2000.00'),
    requestsPerSecond: 1,
    conduct: conductBySeed(
      chance.split('conduct'),
      drawMarketProfile(chance.split('profile'), mayBreakItsWord),
    ),
    person: drawPersonActions(chance.split('person'), {
      fromMilliseconds: startsAtMilliseconds,
      untilMilliseconds: startsAtMilliseconds + 60_000,
      most: 8,
    }),
  });
  const said: string[] = [];
  for (const [index, name] of ['first', 'second'].entries()) {
    const host = bench.time.addHost({ name });
    const venue = venueOn(host, bench);
    host.start(async () => {
      for (let step = 0; step < 3; step += 1) {
        const listingId = String(101 + 6 * index + step);
        const placed = await venue
          .placeOrders([orderOf(listingId)], { mayStillSend: () => null })
          .then(({ results }) => results.map(({ outcome }) => outcome).join())
          .catch(codeOf);
        const held = await venue
          .findOrders()
          .then((orders) => String(orders.length))
          .catch(codeOf);
        said.push(`${name} ${listingId} ${placed} ${held}`);
      }
    });
  }
  await bench.time.run();
  return { said, history: bench.market.history(), trace: bench.time.trace };
}

function orderOf(listingId: string) {
  return {
    orderId: `order-${listingId}`,
    runId: 'run',
    venue: 'lendingclub',
    account: 'main',
    listingId,
    group: '36',
    side: 'buy' as const,
    amount: parseMoney('25.00'),
    limitPrice: null,
  };
}

function codeOf(error: unknown): string {
  if (error instanceof MispricedError && error.code !== 'INTERNAL') return error.code;
  throw error;
}

describe('a market drawn from a seed', () => {
  it('does the same again to two hosts that use the real client', async () => {
    const told = new Set<string>();
    for (let seed = 1; seed <= 12; seed += 1) {
      const first = JSON.stringify(await play(seed, true));
      expect(JSON.stringify(await play(seed, true))).toBe(first);
      told.add(first);
    }
    expect(told.size).toBe(12);
  });

  it('does everything that can be counted, over some seeds', async () => {
    const counts = new Map<string, number>();
    let broken = 0;
    for (let seed = 1; seed <= 150; seed += 1) {
      const { history } = await play(seed, true);
      for (const [what, count] of countMarketBehaviours(history)) {
        counts.set(what, (counts.get(what) ?? 0) + count);
      }
      if (!keepsDeclaration(history)) broken += 1;
    }
    // It never closes here, and nobody looks long enough to see an order late.
    const elsewhere = ['orders answered closed', 'word broken: shown-late'];
    expect(marketBehaviours.filter((what) => !counts.has(what))).toEqual(elsewhere);
    expect([...counts.keys()].filter((what) => !marketBehaviours.includes(what))).toEqual([]);
    expect(broken).toBeGreaterThan(5);
    expect(broken).toBeLessThan(150);
  });

  it('keeps its word where it may not break it', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { history } = await play(seed, false);
      expect([seed, keepsDeclaration(history)]).toEqual([seed, true]);
    }
  });

  it('means to book nothing that it refuses, and does all else it may', () => {
    const pairs = new Set<string>();
    for (let seed = 1; seed <= 100; seed += 1) {
      const chance = chanceOf(seed);
      const conduct = conductBySeed(chance, drawMarketProfile(chance, true));
      for (let request = 1; request <= 50; request += 1) {
        const { answer, booking, lateness } = conduct.order(request);
        expect(isPossible(answer, booking)).toBe(true);
        expect(lateness).toBeGreaterThanOrEqual(0);
        expect(lateness).toBeLessThanOrEqual(1);
        pairs.add(`${answer} ${booking}`);
      }
    }
    const possible = orderAnswerKinds.flatMap((answer) =>
      bookingKinds
        .filter((booking) => isPossible(answer, booking))
        .map((booking) => `${answer} ${booking}`),
    );
    expect(possible.filter((pair) => !pairs.has(pair))).toEqual([]);
  });

  it('does to each request what it would do had others not been sent', () => {
    const chance = chanceOf(5);
    const conduct = conductBySeed(chance, drawMarketProfile(chance, true));
    const alone = conductBySeed(chanceOf(5), drawMarketProfile(chanceOf(5), true)).order(7);
    for (let request = 1; request < 7; request += 1) conduct.order(request);
    expect(conduct.order(7)).toEqual(alone);
  });
});
