import type { Money } from '@mispriced/core';
import type { MarketState } from '@mispriced/market/lendingclub/parts';

/** What became of a note that is not merely held. A sold one is in no answer any more. */
export type NoteFate = 'repaid' | 'charged-off' | 'sold';

/** All that a market knows of one account. A value: a change makes a new one. */
export interface Account {
  readonly state: MarketState;
  readonly fates: ReadonlyMap<number, NoteFate>;
}

/** The account after a note of it was repaid, charged off or sold for so many dollars. */
export function withFate(
  account: Account,
  noteId: number,
  fate: NoteFate,
  proceeds: Money,
): Account {
  const { state } = account;
  return {
    state: {
      ...state,
      cash: state.cash.plus(proceeds),
      notes: fate === 'sold' ? state.notes.filter((note) => note.noteId !== noteId) : state.notes,
    },
    fates: new Map(account.fates).set(noteId, fate),
  };
}
