import type { Account } from './account.ts';

/** An account at every moment of its past: reads that trail writes look back. */
export interface AccountTimeline {
  latest(): Account;
  /** As it was at a moment; before its first, as it was then. */
  at(milliseconds: number): Account;
  commit(account: Account): void;
}

/** An account that begins now. */
export function createAccountTimeline(
  nowMilliseconds: () => number,
  initial: Account,
): AccountTimeline {
  const changes: { readonly atMilliseconds: number; readonly account: Account }[] = [];
  return {
    latest: () => changes.at(-1)?.account ?? initial,
    at: (milliseconds) =>
      changes.findLast(({ atMilliseconds }) => atMilliseconds <= milliseconds)?.account ?? initial,
    commit(account) {
      changes.push({ atMilliseconds: nowMilliseconds(), account });
    },
  };
}
