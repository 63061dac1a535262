import { type Clock, waitOn } from '../clock/clock.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** How one attempt ended. */
export interface AttemptOutcome {
  readonly error: { readonly message: string; readonly stack: string } | null;
}

/** What an attempt after the first is told; a handler reads it as `context.retryContext`. */
export interface RetryState {
  readonly retryCount: number;
  readonly maxRetryCount: number;
  readonly error: NonNullable<AttemptOutcome['error']>;
}

/**
 * Runs a function until it succeeds or its policy is used up: `maxRetryCount` runs after the first.
 * Source: azure-webjobs-sdk FunctionExecutorExtensions.cs.
 */
export async function runWithRetries<Outcome extends AttemptOutcome>(args: {
  readonly attempt: (retry: RetryState | null) => Promise<Outcome>;
  readonly policy: RetryPolicy | null;
  readonly clock: Clock;
  readonly random: () => number;
  /** Aborted when the host stops: retries end there. */
  readonly signal: AbortSignal;
  readonly log: (message: string) => void;
}): Promise<Outcome> {
  const nextWait = args.policy?.waits(args.random);
  let outcome = await args.attempt(null);
  for (let retryCount = 1; outcome.error !== null; retryCount += 1) {
    if (args.policy === null || nextWait === undefined) break;
    const { maxRetryCount } = args.policy;
    if (maxRetryCount !== -1 && retryCount > maxRetryCount) {
      args.log(`All retries have been exhausted after '${maxRetryCount}' attempts.`);
      break;
    }
    const waitMs = nextWait();
    args.log(`Waiting ${waitMs} ms before retrying function execution, attempt ${retryCount}.`);
    await waitOn(args.clock, waitMs, args.signal);
    if (args.signal.aborted) break;
    outcome = await args.attempt({ retryCount, maxRetryCount, error: outcome.error });
  }
  return outcome;
}
