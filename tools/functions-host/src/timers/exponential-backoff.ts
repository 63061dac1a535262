/**
 * Waits that double, each spread by up to a fifth either way, from the shortest to the longest.
 * Source: azure-webjobs-sdk RandomizedExponentialBackoffStrategy.cs.
 *
 * @returns the next wait in milliseconds, every time it is called.
 */
export function exponentialBackoff(args: {
  readonly shortestMs: number;
  readonly longestMs: number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}): () => number {
  let exponent = 0;
  let currentMs = -1;
  return () => {
    if (currentMs === args.longestMs) return currentMs;
    const spread = 0.8 + 0.4 * args.random();
    const growthMs = exponent === 0 ? 0 : spread * 2 ** (exponent - 1) * args.shortestMs;
    currentMs = Math.min(args.longestMs, Math.round(args.shortestMs + growthMs));
    exponent += 1;
    return currentMs;
  };
}
