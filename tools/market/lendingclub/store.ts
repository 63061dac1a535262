import { initialState, type MarketState } from './market-state.ts';
import { readStateFile, writeStateFile } from './state-file.ts';
import type { Money } from '@mispriced/core';

/** Where the market's state is kept. A commit that throws has changed nothing. */
export interface MarketStore {
  read(): MarketState;
  commit(next: MarketState): void;
}

/**
 * Opens the state of one account.
 *
 * @param args.cash Dollars of an account without a past; a state file that exists has its own.
 * @param args.stateFile Where the state outlives the process; null keeps it in memory.
 * @throws MispricedError `DATA_INVALID` where the state file cannot be used.
 */
export function openStore(args: {
  readonly accountId: number;
  readonly cash: Money;
  readonly stateFile: string | null;
}): MarketStore {
  const { accountId, stateFile } = args;
  const stored = stateFile === null ? null : readStateFile(stateFile, accountId);
  let state = stored ?? initialState(args.cash);
  return {
    read: () => state,
    commit(next) {
      if (stateFile !== null) writeStateFile(stateFile, accountId, next);
      state = next;
    },
  };
}
