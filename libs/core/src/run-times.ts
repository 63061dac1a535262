import type { RunLease, StoreClock } from './stores/index.ts';

/**
 * The time of a run by a clock that all hosts share: the store's. A host's own date decides nothing.
 * `latest` is for what is to be waited for, `earliest` for evidence, which must not be believed too early.
 */
export interface RunTimes extends StoreClock {
  /** Since the lease was asked for. */
  readonly elapsedMilliseconds: () => number;
}

/** The times of a run that holds a lease. */
export function runTimes({ storeClock, sinceTaken }: RunLease): RunTimes {
  return { ...storeClock, elapsedMilliseconds: sinceTaken.most };
}
