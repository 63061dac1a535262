import type { Money } from '@mispriced/core';
import { openStore as openSharedStore, type Store } from '../state/store.ts';
import { initialState, type MarketState } from './market-state.ts';
import { stateFormat } from './state-format.ts';

/** Where the market's state is kept. A commit that throws has changed nothing. */
export type MarketStore = Store<MarketState>;

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
  const initial = initialState(args.cash);
  return openSharedStore({ accountId, initial, stateFile, format: stateFormat });
}
