import { describe, expect, it } from 'vitest';
import { chanceOf } from '../random/chance.ts';
import { createVirtualTime } from './create-virtual-time.ts';
import type { Host } from './host.ts';

const startsAtMilliseconds = Date.parse('2010-12-15T15:25:03Z');
const day = 86_400_000;

/** What a program returns on a host of its own, and how long it took. */
async function runOn<Result>(
  program: (host: Host) => Promise<Result>,
  timerJitterMilliseconds: readonly [number, number] = [0, 0],
) {
  const chance = chanceOf(1);
  const time = createVirtualTime({ startsAtMilliseconds, chance, timerJitterMilliseconds });
  const host = time.addHost({ name: 'host' });
  const outcome = host.start(() => program(host));
  await time.run();
  const ended = outcome();
  if (ended.kind !== 'returned') throw new Error(`It ended as ${JSON.stringify(ended)}.`);
  return { value: ended.value, elapsed: time.nowMilliseconds() - startsAtMilliseconds };
}

describe('the timers of a host', () => {
  it.each([
    [500, 500],
    [1.9, 1],
    [0, 1],
    [-5, 1],
    [Number.NaN, 1],
    [20 * day, 20 * day],
    // Node takes what exceeds 32 bits for 1 ms.
    [30 * day, 1],
  ])('sleep %d ms as Node does: %d ms', async (milliseconds, elapsed) => {
    expect((await runOn((host) => host.sleep(milliseconds))).elapsed).toBe(elapsed);
  });

  it('fire a little early and late where they are told to', async () => {
    const { value } = await runOn(
      async (host) => {
        const taken = new Set<number>();
        for (let repeat = 0; repeat < 100; repeat += 1) {
          const before = host.monotonicMilliseconds();
          await host.sleep(100);
          taken.add(host.monotonicMilliseconds() - before);
        }
        return taken;
      },
      [-1, 2],
    );
    expect(value).toEqual(new Set([99, 100, 101, 102]));
  });

  it('abort a signal as AbortSignal.timeout does, also within AbortSignal.any', async () => {
    const { value } = await runOn(async (host) => {
      const stop = new AbortController();
      const signal = host.timeoutSignal(30_000);
      const any = AbortSignal.any([signal, stop.signal]);
      await host.sleep(29_999);
      const before = any.aborted;
      await host.sleep(2);
      const reason: unknown = any.reason;
      return {
        before,
        after: any.aborted,
        name: reason instanceof DOMException ? reason.name : '',
      };
    });
    expect(value).toEqual({ before: false, after: true, name: 'TimeoutError' });
  });

  it('do not hold the history up for a time-out that nobody waits for', async () => {
    const { elapsed } = await runOn(async (host) => {
      host.timeoutSignal(30_000);
      await host.sleep(10);
    });
    expect(elapsed).toBe(10);
  });

  it.each([-1, 0.5, 2 ** 32])('refuse a time-out of %d ms', async (milliseconds) => {
    await expect(
      runOn((host) => Promise.resolve(host.timeoutSignal(milliseconds))),
    ).rejects.toThrow('threw');
  });

  it('repeat an action until it is ended', async () => {
    const { value } = await runOn(async (host) => {
      const moments: number[] = [];
      const end = host.every(5000, () => {
        moments.push(host.monotonicMilliseconds());
      });
      await host.sleep(17_000);
      end();
      await host.sleep(10_000);
      return moments;
    });
    expect(value).toEqual([5000, 10_000, 15_000]);
  });
});
