import { formatMoney } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { bookingDelayMilliseconds } from './booking-delay.ts';
import type { OrderConduct } from './conduct.ts';
import { breachesOf, keepsDeclaration } from './keeps-declaration.ts';
import {
  conductWith,
  notesPath,
  openBench,
  orderBody,
  ordersPath,
  startsAtMilliseconds,
} from './test/market-bench.ts';

const order = orderBody({ 101: 25 });

/** Orders once, on a conduct, and looks at the notes every ten seconds for a quarter of an hour. */
async function orderAndWatch(
  conduct: Partial<OrderConduct>,
  longestTrailingMilliseconds = 0,
  trailingMilliseconds = 0,
) {
  const bench = openBench({
    conduct: conductWith({
      order: conduct,
      read: { trailingMilliseconds },
      longestTrailingMilliseconds,
    }),
  });
  const { seen, firstShown } = await bench.run(async (host) => {
    const answered = await bench.ask(host, ordersPath, order);
    let shownAt: number | null = null;
    while (bench.elapsed() < 900_000) {
      const sentAt = bench.elapsed();
      const read = await bench.ask(host, notesPath);
      if (shownAt === null && 'text' in read && read.text.includes('"loanId":101'))
        shownAt = sentAt;
      await host.sleep(10_000);
    }
    return { seen: answered, firstShown: shownAt };
  });
  const history = bench.market.history();
  const [request] = history.requests;
  const since = (moment: number | null | undefined) =>
    moment === null || moment === undefined ? null : moment - startsAtMilliseconds;
  return {
    seen,
    firstShown,
    history,
    endedAt: since(request?.endedAtMilliseconds),
    bookedAt: since(request?.order?.bookedAtMilliseconds),
  };
}

describe('orders', () => {
  it('booked at once show at once', async () => {
    const { bookedAt, firstShown, history } = await orderAndWatch({});
    expect(bookedAt).toBe(20);
    expect(firstShown).toBe(140);
    expect(keepsDeclaration(history)).toBe(true);
  });

  it('booked slowly are answered after that, where the client still waits', async () => {
    const quick = await orderAndWatch({ booking: 'slow', lateness: 0.2 });
    expect(quick.seen).toMatchObject({ status: 200 });
    expect(quick.bookedAt).toBe(24_020);
    // A market that books 48 s after it was asked, of a client that waits 30 s.
    const slow = await orderAndWatch({ booking: 'slow', lateness: 0.4 });
    expect(slow.seen).toEqual({ failed: 'TimeoutError' });
    expect(slow.endedAt).toBe(30_000);
    expect(slow.bookedAt).toBe(48_020);
    expect(slow.history.requests[0]?.answer).toMatchObject({ status: 200, isDelivered: false });
    expect(keepsDeclaration(slow.history)).toBe(true);
  });

  it.each([0, 0.5, 1])(
    'booked late within the declaration keep it to the last millisecond: %d',
    async (lateness) => {
      const { seen, endedAt, bookedAt, firstShown, history } = await orderAndWatch(
        { answer: 'silence', booking: 'late-within', lateness },
        60_000,
        60_000,
      );
      expect(seen).toEqual({ failed: 'TimeoutError' });
      expect(endedAt).toBe(30_000);
      expect(bookedAt).toBe(30_000 + lateness * 60_000);
      // Seen by the first read that arrives a minute after, of one in ten seconds.
      expect((firstShown ?? 0) + 20).toBeGreaterThanOrEqual(90_000 + lateness * 60_000);
      expect(firstShown).toBeLessThan(90_000 + lateness * 60_000 + 10_140);
      expect(breachesOf(history)).toEqual([]);
    },
  );

  it.each([
    [0, 1000],
    [1, 361_000],
  ])('booked beyond the declaration break it: %d', async (lateness, lateMilliseconds) => {
    const { endedAt, bookedAt, history } = await orderAndWatch({
      answer: 'reset',
      booking: 'late-beyond',
      lateness,
    });
    expect(endedAt).toBe(120);
    expect(bookedAt).toBe(120_120 + lateMilliseconds);
    expect(keepsDeclaration(history)).toBe(false);
    expect(breachesOf(history)[0]).toEqual({
      kind: 'booked-late',
      request: 1,
      // From when on it had to show.
      atMilliseconds: startsAtMilliseconds + 120_120,
      facts: `request 1: booked ${lateMilliseconds} ms too late`,
    });
    // Reads in between, which came after the order had to show, did not show it.
    expect(breachesOf(history).filter(({ facts }) => facts.includes('not yet shown'))).toHaveLength(
      Math.floor(lateMilliseconds / 10_000),
    );
  });

  it('booked at once but shown too late break the declaration too', async () => {
    const { history } = await orderAndWatch({}, 0, 300_000);
    const lines = breachesOf(history).map(({ facts }) => facts);
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.every((line) => line.startsWith('request 1: not yet shown to request'))).toBe(
      true,
    );
  });

  it('are booked, and their attempt is over, when their host is killed', async () => {
    const bench = openBench({
      conduct: conductWith({
        order: { answer: 'silence', booking: 'late-within', lateness: 0.5 },
      }),
    });
    const host = bench.time.addHost({ name: 'host' });
    host.start(() => bench.ask(host, ordersPath, order));
    bench.time.schedule({
      atMilliseconds: startsAtMilliseconds + 5000,
      act: () => {
        host.interrupt({ kind: 'kill' });
      },
    });
    await bench.time.run();
    const { requests, notes } = bench.market.history();
    expect(requests[0]).toMatchObject({
      endedAtMilliseconds: startsAtMilliseconds + 5000,
      order: { bookedAtMilliseconds: startsAtMilliseconds + 65_000 },
    });
    expect(notes).toHaveLength(1);
  });

  it('that a killed host had under way arrive all the same', async () => {
    const bench = openBench();
    const host = bench.time.addHost({ name: 'host' });
    host.start(() => bench.ask(host, ordersPath, order));
    bench.time.schedule({
      atMilliseconds: startsAtMilliseconds + 10,
      act: () => {
        host.interrupt({ kind: 'kill' });
      },
    });
    await bench.time.run();
    const { requests, notes } = bench.market.history();
    expect(notes.map(({ amount }) => formatMoney(amount))).toEqual(['25.00']);
    expect(requests[0]?.answer?.isDelivered).toBe(false);
  });

  it('booked slowly for a host killed before they arrived keep the declaration', async () => {
    const bench = openBench({ conduct: conductWith({ order: { booking: 'slow', lateness: 1 } }) });
    const host = bench.time.addHost({ name: 'host' });
    host.start(() => bench.ask(host, ordersPath, order));
    bench.time.schedule({
      atMilliseconds: startsAtMilliseconds + 10,
      act: () => {
        host.interrupt({ kind: 'kill' });
      },
    });
    await bench.time.run();
    const history = bench.market.history();
    expect(history.requests[0]).toMatchObject({
      receivedAtMilliseconds: startsAtMilliseconds + 20,
      order: { bookedAtMilliseconds: startsAtMilliseconds + 120_010 },
    });
    expect(breachesOf(history)).toEqual([]);
  });

  it('of a host that froze before it sent them arrive when it thaws', async () => {
    const bench = openBench();
    const host = bench.time.addHost({
      name: 'host',
      interruptAt: ({ effect, moment }) =>
        effect.startsWith('market POST') && moment === 'before'
          ? { kind: 'freeze', milliseconds: 20_000, monotonic: 'stands-still', uptime: 'runs' }
          : null,
    });
    host.start(() => bench.ask(host, ordersPath, order));
    await bench.time.run();
    expect(bench.market.history().requests[0]).toMatchObject({
      sentAtMilliseconds: startsAtMilliseconds + 20_000,
      receivedAtMilliseconds: startsAtMilliseconds + 20_020,
      answer: { isDelivered: true },
    });
  });
});

describe('bookingDelayMilliseconds', () => {
  const common = { settleWithinSeconds: 30, longestTrailingMilliseconds: 45_000 };

  it('leaves nothing where reads may trail by all that is declared', () => {
    expect(bookingDelayMilliseconds({ ...common, booking: 'late-within', lateness: 1 })).toBe(0);
    expect(bookingDelayMilliseconds({ ...common, booking: 'at-once', lateness: 1 })).toBe(0);
  });

  it('is always beyond what it is to exceed', () => {
    expect(bookingDelayMilliseconds({ ...common, booking: 'late-beyond', lateness: 0 })).toBe(
      31_000,
    );
    expect(bookingDelayMilliseconds({ ...common, booking: 'late-beyond', lateness: 1 })).toBe(
      211_000,
    );
  });
});
