import { describe, expect, it, vi } from 'vitest';
import { MispricedError } from '../domain/index.ts';
import type { Lease, ObjectStore } from './object-store.ts';
import { acquireRunLease } from './run-lease.ts';

const start = Date.parse('2026-01-05T15:25:03Z');

/** A host whose clocks are moved by hand, and a store whose lease can be taken away. */
function newHost() {
  const clock = { wall: start, monotonic: 1000, uptime: 9000 };
  const state = {
    isTaken: false,
    renewals: 0,
    isReachable: true,
    storeTime: start,
    takesMilliseconds: 0,
    /** By how much the wall clock steps while the next renewal is under way. */
    stepMilliseconds: 0,
  };
  const lease: Lease = {
    id: 'lease',
    takenAt: new Date(start),
    renew: () => {
      if (!state.isReachable) return Promise.reject(unreachable());
      if (state.isTaken) return Promise.reject(lost());
      state.renewals += 1;
      clock.wall += state.stepMilliseconds;
      state.stepMilliseconds = 0;
      return Promise.resolve(new Date(state.storeTime));
    },
    release: () => Promise.resolve(),
  };
  const asked: [string, string][] = [];
  const acquireLease = (container: string, path: string) => {
    asked.push([container, path]);
    for (const name of ['wall', 'monotonic', 'uptime'] as const)
      clock[name] += state.takesMilliseconds;
    return Promise.resolve(lease);
  };
  const objects = { acquireLease } as Partial<ObjectStore> as ObjectStore;
  const acquire = (every?: Parameters<typeof acquireRunLease>[0]['every']) =>
    acquireRunLease({
      ...(every !== undefined && { every }),
      objects,
      account: 'main',
      waitSeconds: 0,
      clocks: {
        wall: () => clock.wall,
        monotonic: () => clock.monotonic,
        uptime: () => clock.uptime,
      },
      sleep: () => Promise.resolve(),
    });
  return { clock, state, asked, acquire };
}

const lost = () => new MispricedError({ code: 'RUN_LEASE_LOST', message: 'm', fix: 'f' });
const unreachable = () => new MispricedError({ code: 'STORE_UNAVAILABLE', message: 'm', fix: 'f' });

describe('a lease', () => {
  it('stands in the control container, under the account', async () => {
    const { asked, acquire } = newHost();
    await (await acquire())?.release();
    expect(asked).toEqual([['control', 'main/run']]);
  });

  it.each(['wall', 'monotonic', 'uptime'] as const)(
    'is not surely held once the %s clock alone says that it may have lapsed',
    async (name) => {
      const { clock, acquire } = newHost();
      const lease = await acquire();
      expect(lease?.isSurelyHeld()).toBe(true);
      clock[name] += 11_000;
      expect(lease?.isSurelyHeld()).toBe(true);
      clock[name] += 2000;
      expect(lease?.isSurelyHeld()).toBe(false);
      await lease?.ensureHeld();
      expect(lease?.isSurelyHeld()).toBe(true);
      await lease?.release();
    },
  );

  it('does not count its own way to and fro as time that has passed', async () => {
    const { state, acquire } = newHost();
    state.takesMilliseconds = 600_000;
    const lease = await acquire();
    expect(lease?.storeClock.earliest()).toEqual(new Date(start));
    expect(lease?.storeClock.latest()).toEqual(new Date(start + 600_000));
    await lease?.release();
  });

  it('learns the time anew with each renewal, whatever clocks stood still', async () => {
    const { clock, state, acquire } = newHost();
    const lease = await acquire();
    state.storeTime = start + 200_000;
    await lease?.ensureHeld();
    clock.monotonic += 1000;
    clock.uptime += 1000;
    clock.wall += 2000;
    expect(lease?.storeClock.earliest()).toEqual(new Date(start + 201_000));
    expect(lease?.storeClock.latest()).toEqual(new Date(start + 202_000));
    await lease?.release();
  });

  it('asks once more where a clock stepped while it was renewed', async () => {
    const { clock, state, acquire } = newHost();
    const lease = await acquire();
    state.storeTime = start + 1000;
    state.stepMilliseconds = 8 * 86_400_000;
    await lease?.ensureHeld();
    expect(state.renewals).toBe(2);
    expect(lease?.storeClock.latest()).toEqual(new Date(start + 1000));
    clock.wall += 500;
    expect(lease?.storeClock.latest()).toEqual(new Date(start + 1500));
    await lease?.release();
  });

  it('is not made longer by a clock that goes back', async () => {
    const { clock, acquire } = newHost();
    const lease = await acquire();
    clock.wall -= 86_400_000;
    clock.monotonic += 13_000;
    expect(lease?.isSurelyHeld()).toBe(false);
    await lease?.release();
  });

  it('counts from before the request that the store said yes to', async () => {
    const { clock, state, acquire } = newHost();
    const lease = await acquire();
    state.isReachable = false;
    clock.monotonic += 13_000;
    await expect(lease?.ensureHeld()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(lease?.isSurelyHeld()).toBe(false);
    await lease?.release();
  });

  it('renews itself, and is lost once another run has it', async () => {
    vi.useFakeTimers();
    try {
      const { state, acquire } = newHost();
      const lease = await acquire();
      await vi.advanceTimersByTimeAsync(11_000);
      expect(state.renewals).toBe(2);
      state.isTaken = true;
      await vi.advanceTimersByTimeAsync(5000);
      expect(lease?.isSurelyHeld()).toBe(false);
      await expect(lease?.ensureHeld()).rejects.toMatchObject({ code: 'RUN_LEASE_LOST' });
      await lease?.release();
    } finally {
      vi.useRealTimers();
    }
  });

  it('renews itself by the timer that it is given, and ends that with its release', async () => {
    const { state, acquire } = newHost();
    const timers: { milliseconds: number; act: () => void; isEnded: boolean }[] = [];
    const lease = await acquire((milliseconds, act) => {
      const timer = { milliseconds, act, isEnded: false };
      timers.push(timer);
      return () => {
        timer.isEnded = true;
      };
    });
    expect(timers).toMatchObject([{ milliseconds: 5000, isEnded: false }]);
    timers[0]?.act();
    await Promise.resolve();
    expect(state.renewals).toBe(1);
    await lease?.release();
    expect(timers[0]?.isEnded).toBe(true);
  });
});
