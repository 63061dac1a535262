import type { VenueRuntime } from './venue-runtime.ts';

/** Runs one request after another, never more often than the venue allows. */
export type RequestPace = <Result>(request: () => Promise<Result>) => Promise<Result>;

/**
 * Keeps a venue's limit over all operations of one client. The pause is counted from the end of the
 * request before, not from its start: two requests sent a second apart may arrive closer together.
 */
export function createRequestPace(
  requestsPerSecond: number,
  runtime: Pick<VenueRuntime, 'nowMilliseconds' | 'sleep'>,
): RequestPace {
  const pauseMilliseconds = 1000 / requestsPerSecond;
  let previous: Promise<unknown> = Promise.resolve();
  let notBefore = Number.NEGATIVE_INFINITY;

  const turn = async <Result>(request: () => Promise<Result>): Promise<Result> => {
    // Timers may fire a little early, hence a loop.
    for (;;) {
      const wait = notBefore - runtime.nowMilliseconds();
      if (wait <= 0) break;
      await runtime.sleep(wait);
    }
    try {
      return await request();
    } finally {
      notBefore = runtime.nowMilliseconds() + pauseMilliseconds;
    }
  };

  return (request) => {
    const result = previous.then(() => turn(request));
    previous = result.catch(() => undefined);
    return result;
  };
}
