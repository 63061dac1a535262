import type { HttpAttempt } from './send-request.ts';
import type { VenueRuntime } from './venue-runtime.ts';

const attempts = 4;
const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 30_000;

/**
 * Repeats a read that found no answer, a broken server or a full queue. Only for reads: an order
 * whose answer was lost may have been filled, and sending it again would buy twice.
 *
 * The pauses are exponential with full jitter ("Exponential Backoff And Jitter", AWS Architecture
 * Blog, 2015), and never shorter than a `Retry-After` the venue sent.
 */
export async function retryRead(
  attempt: () => Promise<HttpAttempt>,
  runtime: Pick<VenueRuntime, 'random' | 'sleep'>,
  signal: AbortSignal | undefined,
): Promise<HttpAttempt> {
  for (let made = 1; ; made += 1) {
    const result = await attempt();
    if (made === attempts || signal?.aborted === true || !mayPass(result)) return result;
    const jittered = runtime.random() * firstPauseMilliseconds * 2 ** made;
    const asked = result.answered ? (result.retryAfterSeconds ?? 0) * 1000 : 0;
    await runtime.sleep(Math.min(longestPauseMilliseconds, Math.max(jittered, asked)));
  }
}

function mayPass(result: HttpAttempt): boolean {
  return !result.answered || result.status >= 500 || result.status === 429;
}
