import type { RunLease } from './stores/index.ts';

/**
 * The time of a run by a clock that all hosts share: the store's, as it was when the lease was taken,
 * and what this host has measured since. A host's own date decides nothing.
 */
export interface RunTimes {
  /** Not before the true time, as far as any clock of this host knows: for what is to be waited for. */
  readonly latest: () => Date;
  /** Not after the true time: for evidence, which must not be believed too early. */
  readonly earliest: () => Date;
  /** Since the lease was taken. */
  readonly elapsedMilliseconds: () => number;
}

/** The times of a run that holds a lease. */
export function runTimes({ takenAt, sinceTaken }: RunLease): RunTimes {
  const after = (milliseconds: number): Date => new Date(takenAt.getTime() + milliseconds);
  return {
    latest: () => after(sinceTaken.most()),
    earliest: () => after(sinceTaken.least()),
    elapsedMilliseconds: sinceTaken.most,
  };
}
