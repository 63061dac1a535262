import { readStateFile, writeStateFile } from './state-file.ts';
import type { AccountId, StateFormat } from './state-format.ts';

/** Where a market's state is kept. A commit that throws has changed nothing. */
export interface Store<State> {
  read(): State;
  commit(next: State): void;
}

/**
 * Opens the state of one account.
 *
 * @param args.initial The state of an account without a past.
 * @param args.stateFile Where the state outlives the process; null keeps it in memory.
 * @throws MispricedError `DATA_INVALID` where the state file cannot be used.
 */
export function openStore<State, Stored extends { readonly accountId: AccountId }>(args: {
  readonly accountId: AccountId;
  readonly initial: State;
  readonly stateFile: string | null;
  readonly format: StateFormat<State, Stored>;
}): Store<State> {
  const { accountId, stateFile, format } = args;
  const stored = stateFile === null ? null : readStateFile({ path: stateFile, accountId, format });
  let state = stored ?? args.initial;
  return {
    read: () => state,
    commit(next) {
      if (stateFile !== null) writeStateFile(stateFile, accountId, format.encode(next));
      state = next;
    },
  };
}
