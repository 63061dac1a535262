import { MispricedError } from '@mispriced/core';
import type { RetryOptions } from '../worker/protocol.ts';
import { exponentialBackoff } from './exponential-backoff.ts';

/** How often, and after which waits, a function that threw is run again. */
export interface RetryPolicy {
  /** Runs after the first; -1 for without end. */
  readonly maxRetryCount: number;
  /** A fresh sequence of waits in milliseconds, for one firing. */
  waits(random: () => number): () => number;
}

/**
 * Reads the `retry` of a registration, as the library hands it over: its durations arrive rounded to
 * whole seconds. Source: @azure/functions toCoreFunctionMetadata.ts, toRpcDuration.ts.
 *
 * @throws MispricedError `CONFIG_INVALID` for a policy that the real host refuses.
 */
export function readRetryPolicy(options: RetryOptions): RetryPolicy {
  const maxRetryCount = options.maxRetryCount ?? Number.NaN;
  if (!Number.isInteger(maxRetryCount) || maxRetryCount < -1) {
    throw invalid('maxRetryCount must be a whole number from -1 (without end) on');
  }
  if (options.retryStrategy === 'fixedDelay') {
    const delayMs = milliseconds(options.delayInterval, 'delayInterval');
    return { maxRetryCount, waits: () => () => delayMs };
  }
  if (options.retryStrategy === 'exponentialBackoff') {
    const shortestMs = milliseconds(options.minimumInterval, 'minimumInterval');
    const longestMs = milliseconds(options.maximumInterval, 'maximumInterval');
    if (shortestMs > longestMs) throw invalid('minimumInterval is longer than maximumInterval');
    return {
      maxRetryCount,
      waits: (random) => exponentialBackoff({ shortestMs, longestMs, random }),
    };
  }
  throw invalid(`${JSON.stringify(options.retryStrategy)} is no strategy`);
}

function milliseconds(duration: RetryOptions['delayInterval'], name: string): number {
  if (typeof duration?.seconds !== 'number') throw invalid(`${name} is missing`);
  return duration.seconds * 1000;
}

function invalid(what: string): MispricedError {
  return new MispricedError({
    code: 'CONFIG_INVALID',
    message: `The retry policy is invalid: ${what}.`,
    fix: 'Use fixedDelay with delayInterval, or exponentialBackoff with both intervals.',
  });
}
