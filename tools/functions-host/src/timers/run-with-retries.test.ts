import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock/manual-clock.ts';
import type { RetryOptions } from '../worker/protocol.ts';
import { exponentialBackoff } from './exponential-backoff.ts';
import { readRetryPolicy } from './retry-policy.ts';
import { runWithRetries } from './run-with-retries.ts';

const start = new Date('2026-11-02T00:00:00Z');

/** Runs a function that fails a number of times; gives the seconds at which it was run. */
async function attemptsOf(options: RetryOptions | null, failures: number, advanceMs: number) {
  const clock = new ManualClock(start);
  const seconds: number[] = [];
  const retryCounts: number[] = [];
  const stopping = new AbortController();
  const running = runWithRetries({
    attempt: (retry) => {
      seconds.push((clock.now().getTime() - start.getTime()) / 1000);
      if (retry !== null) retryCounts.push(retry.retryCount);
      const failed = seconds.length <= failures;
      return Promise.resolve({ error: failed ? { message: 'no', stack: 'no' } : null });
    },
    policy: options === null ? null : readRetryPolicy(options),
    clock,
    random: () => 0.5,
    signal: stopping.signal,
    log: () => undefined,
  });
  await clock.advance(advanceMs);
  stopping.abort();
  return { seconds, retryCounts, error: (await running).error };
}

describe('a retry policy (azure-webjobs-sdk FunctionExecutorExtensions.cs)', () => {
  const fixed = { retryStrategy: 'fixedDelay', maxRetryCount: 2, delayInterval: { seconds: 10 } };

  it('runs a function once without a policy', async () => {
    expect((await attemptsOf(null, 5, 60_000)).seconds).toEqual([0]);
  });

  it('runs it maxRetryCount times more, after the fixed delay', async () => {
    const result = await attemptsOf(fixed, 5, 60_000);
    expect(result.seconds).toEqual([0, 10, 20]);
    expect(result.retryCounts).toEqual([1, 2]);
    expect(result.error?.message).toBe('no');
  });

  it('ends with the first success', async () => {
    const result = await attemptsOf(fixed, 1, 60_000);
    expect(result.seconds).toEqual([0, 10]);
    expect(result.error).toBeNull();
  });

  it('goes on without end for -1, until the host stops', async () => {
    const result = await attemptsOf({ ...fixed, maxRetryCount: -1 }, 1000, 100_000);
    expect(result.seconds).toHaveLength(11);
    expect(result.error?.message).toBe('no');
  });

  it('doubles its waits from the shortest to the longest (RandomizedExponentialBackoffStrategy.cs)', async () => {
    const result = await attemptsOf(
      {
        retryStrategy: 'exponentialBackoff',
        maxRetryCount: 6,
        minimumInterval: { seconds: 10 },
        maximumInterval: { seconds: 60 },
      },
      10,
      600_000,
    );
    expect(result.seconds).toEqual([0, 10, 30, 60, 110, 170, 230]);
  });

  it('spreads waits by up to a fifth, from the second on', () => {
    const low = exponentialBackoff({ shortestMs: 1000, longestMs: 60_000, random: () => 0 });
    const high = exponentialBackoff({ shortestMs: 1000, longestMs: 60_000, random: () => 1 });
    expect([low(), low(), low()]).toEqual([1000, 1800, 2600]);
    expect([high(), high(), high()]).toEqual([1000, 2200, 3400]);
  });

  it.each([
    [{ retryStrategy: 'fixedDelay', delayInterval: { seconds: 1 } }, 'maxRetryCount'],
    [{ retryStrategy: 'fixedDelay', maxRetryCount: 1 }, 'delayInterval is missing'],
    [{ retryStrategy: 'sometimes', maxRetryCount: 1 }, '"sometimes" is no strategy'],
    [
      {
        retryStrategy: 'exponentialBackoff',
        maxRetryCount: 1,
        minimumInterval: { seconds: 9 },
        maximumInterval: { seconds: 8 },
      },
      'minimumInterval is longer than maximumInterval',
    ],
  ])('refuses %j', (options, reason) => {
    expect(() => readRetryPolicy(options)).toThrow(reason);
  });
});
