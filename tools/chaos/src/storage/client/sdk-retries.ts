/**
 * When the SDK asks again, and how long it waits before: the rules of `storageRetryPolicy` of
 * @azure/storage-common for one host, exponential. The policy itself waits by the machine's clock, so
 * the model repeats requests below it, by the clock it is given; a test holds the two equal.
 */
export interface SdkRetries {
  readonly maxTries: number;
  readonly retryDelayInMs: number;
  readonly tryTimeoutInMs: number;
}

/** As apps/strategy/src/open-objects.ts sets them; a test compares. */
export const productRetries: SdkRetries = {
  maxTries: 4,
  retryDelayInMs: 500,
  tryTimeoutInMs: 30_000,
};

/** The policy's own default, where none is set. */
const longestDelayMilliseconds = 120_000;

/**
 * Whether what a try came to is asked for again.
 *
 * @param status the HTTP status, or null where the network failed
 */
export function isTriedAgain(
  retries: SdkRetries,
  tried: { tryNumber: number; status: number | null },
): boolean {
  const { tryNumber, status } = tried;
  return tryNumber < retries.maxTries && (status === null || status === 500 || status === 503);
}

/** How long the SDK waits after a try that it repeats: nothing after the first, then ever longer. */
export function delayAfter(retries: SdkRetries, tryNumber: number): number {
  return Math.min((2 ** (tryNumber - 1) - 1) * retries.retryDelayInMs, longestDelayMilliseconds);
}
