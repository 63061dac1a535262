import { describe, expect, it } from 'vitest';
import { createRequestPace } from './request-pace.ts';

function fakeClock() {
  let now = 0;
  return {
    nowMilliseconds: () => now,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    // Wakes a third too early, as timers may.
    sleep: (milliseconds: number) => {
      now += Math.max(1, Math.floor(milliseconds * 0.67));
      return Promise.resolve();
    },
  };
}

describe('createRequestPace', () => {
  it('keeps a whole pause between the end of a request and the start of the next', async () => {
    const clock = fakeClock();
    const pace = createRequestPace(1, clock);
    const starts: number[] = [];
    const request = () => {
      starts.push(clock.nowMilliseconds());
      clock.pass(300);
      return Promise.resolve();
    };
    await Promise.all([pace(request), pace(request), pace(request)]);
    expect(starts).toHaveLength(3);
    expect(starts[0]).toBe(0);
    expect(starts[1]).toBeGreaterThanOrEqual(1300);
    expect((starts[2] ?? 0) - (starts[1] ?? 0)).toBeGreaterThanOrEqual(1300);
  });

  it('hands a failure to its own caller only, and pauses after it too', async () => {
    const clock = fakeClock();
    const pace = createRequestPace(2, clock);
    const failing = pace(() => Promise.reject(new Error('broken')));
    const next = pace(() => Promise.resolve(clock.nowMilliseconds()));
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBeGreaterThanOrEqual(500);
  });

  it('does not wait where the pause has long passed', async () => {
    const clock = fakeClock();
    const pace = createRequestPace(1, clock);
    await pace(() => Promise.resolve());
    clock.pass(5000);
    expect(await pace(() => Promise.resolve(clock.nowMilliseconds()))).toBe(5000);
  });
});
