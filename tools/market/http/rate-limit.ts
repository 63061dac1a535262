/** Lets requests through, or not; `refused` counts those it did not. */
export interface RateLimit {
  admit(): boolean;
  readonly refused: number;
}

/** Requests that were sent in time may arrive this share of the interval too early. */
const jitterShare = 0.05;

/**
 * LendingClub's limit, "one request per second, inclusive across calls for all API operations": a
 * request is let through when an interval has passed since the last one that was.
 *
 * @param requestsPerSecond Null for no limit.
 * @param elapsedMilliseconds A clock that never runs backwards.
 */
export function createRateLimit(
  requestsPerSecond: number | null,
  elapsedMilliseconds: () => number,
): RateLimit {
  const interval = requestsPerSecond === null ? 0 : (1000 / requestsPerSecond) * (1 - jitterShare);
  let last = Number.NEGATIVE_INFINITY;
  let refused = 0;
  return {
    admit() {
      const now = elapsedMilliseconds();
      if (now - last < interval) {
        refused += 1;
        return false;
      }
      last = now;
      return true;
    },
    get refused() {
      return refused;
    },
  };
}
