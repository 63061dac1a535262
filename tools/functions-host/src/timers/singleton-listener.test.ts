import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock/manual-clock.ts';
import { MemoryStateStore } from '../state/memory-state-store.ts';
import { SingletonListener } from './singleton-listener.ts';
import type { Listener } from './timer-listener.ts';

class RecordedListener implements Listener {
  readonly calls: string[] = [];

  start(): Promise<void> {
    this.calls.push('start');
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.calls.push('stop');
    return Promise.resolve();
  }

  abandon(): void {
    this.calls.push('abandon');
  }
}

function createSingletons() {
  const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
  const store = new MemoryStateStore(clock);
  const logged: string[] = [];
  const create = (owner: string) => {
    const inner = new RecordedListener();
    const singleton = new SingletonListener({
      store,
      blobName: 'locks/host/Host.Functions.daily.Listener',
      owner,
      inner,
      clock,
      log: (message) => logged.push(`${owner}: ${message}`),
    });
    return { inner, singleton };
  };
  return { clock, store, logged, first: create('first'), second: create('second') };
}

describe("a timer's lock (azure-webjobs-sdk SingletonListener.cs, SingletonManager.cs)", () => {
  it('lets one of two hosts listen, and keeps its lease of 60 s by renewing it', async () => {
    const { clock, first, second } = createSingletons();
    await first.singleton.start();
    await second.singleton.start();
    await clock.advance(3_600_000);
    expect(first.inner.calls).toEqual(['start']);
    expect(second.inner.calls).toEqual([]);
    expect([first.singleton.isListening, second.singleton.isListening]).toEqual([true, false]);
  });

  it('is given back at a stop, and found by the other within its poll of 60 s', async () => {
    const { clock, first, second } = createSingletons();
    await first.singleton.start();
    await second.singleton.start();
    await clock.advance(10_000);
    await first.singleton.stop();
    await clock.advance(49_000);
    expect(second.inner.calls).toEqual([]);
    await clock.advance(1_000);
    expect(second.inner.calls).toEqual(['start']);
    expect(first.inner.calls).toEqual(['start', 'stop']);
  });

  it('runs out by itself when its host is lost', async () => {
    const { clock, first, second } = createSingletons();
    await first.singleton.start();
    await second.singleton.start();
    await clock.advance(45_000);
    // Renewed at 30 s, so that the lease ends at 90 s and the poll at 120 s finds it free.
    first.singleton.abandon();
    await clock.advance(74_000);
    expect(second.inner.calls).toEqual([]);
    await clock.advance(1_000);
    expect(second.inner.calls).toEqual(['start']);
    expect(first.inner.calls).toEqual(['start', 'abandon']);
  });

  it('is renewed sooner while the storage fails, and survives a short failure', async () => {
    const { clock, store, logged, first } = createSingletons();
    const renew = store.renewLease.bind(store);
    let attempts = 0;
    store.renewLease = (args) => {
      attempts += 1;
      return attempts <= 2 ? Promise.reject(new Error('503 Server Busy')) : renew(args);
    };
    await first.singleton.start();
    await clock.advance(53_000);
    expect(attempts).toBe(3);
    expect(logged.filter((line) => line.includes('503 Server Busy'))).toHaveLength(2);
    expect(first.singleton.isListening).toBe(true);
  });

  it('stops listening as soon as it finds its lease lost', async () => {
    const { clock, store, first } = createSingletons();
    await first.singleton.start();
    store.renewLease = () => Promise.resolve(false);
    await clock.advance(30_000);
    expect(first.inner.calls).toEqual(['start', 'stop']);
    expect(first.singleton.isListening).toBe(false);
  });

  it('is not kept by a host that was stopped while it was being asked for', async () => {
    const { store, first, second } = createSingletons();
    const acquire = store.acquireLease.bind(store);
    store.acquireLease = async (args) => {
      const leaseId = await acquire(args);
      if (args.owner === 'first') await first.singleton.stop();
      return leaseId;
    };
    await first.singleton.start();
    expect([first.inner.calls, first.singleton.isListening]).toEqual([[], false]);
    await second.singleton.start();
    expect(second.singleton.isListening).toBe(true);
  });

  it('goes on being looked for when looking fails', async () => {
    const { clock, store, logged, first, second } = createSingletons();
    await first.singleton.start();
    await second.singleton.start();
    const acquire = store.acquireLease.bind(store);
    store.acquireLease = () => Promise.reject(new Error('503 Server Busy'));
    await first.singleton.stop();
    await clock.advance(60_000);
    expect(logged.at(-1)).toBe('second: Looking for the Singleton lock failed: 503 Server Busy');
    store.acquireLease = acquire;
    await clock.advance(60_000);
    expect(second.singleton.isListening).toBe(true);
  });

  it('is given back when the listener cannot start', async () => {
    const { first, second } = createSingletons();
    first.inner.start = () => Promise.reject(new Error('The status cannot be read.'));
    await expect(first.singleton.start()).rejects.toThrow('The status cannot be read.');
    await second.singleton.start();
    expect(second.singleton.isListening).toBe(true);
  });
});
