import { zeroMoney, type Money } from '@mispriced/core';
import type { Note } from './note.ts';
import type { OrderLogEntry } from './order-log-entry.ts';

/** All that changes while the market runs. A value: a change makes a new one. */
export interface MarketState {
  /** Dollars the account may spend. */
  readonly cash: Money;
  /** Everything the account bought, oldest first. */
  readonly notes: readonly Note[];
  /** Every request that reached the order desk, oldest first. */
  readonly requests: readonly OrderLogEntry[];
  /** Dollars the account has in a loan. */
  readonly investedByLoan: ReadonlyMap<number, Money>;
  /** Dollars other investors have in a loan; an entry says that they had their turn. */
  readonly fundedByOthers: ReadonlyMap<number, Money>;
  readonly nextOrderInstructId: number;
  readonly nextNoteId: number;
}

/** An account that has bought nothing. Ids start high, so that none is taken for a loan's. */
export function initialState(cash: Money): MarketState {
  return {
    cash,
    notes: [],
    requests: [],
    investedByLoan: new Map(),
    fundedByOthers: new Map(),
    nextOrderInstructId: 10_000_001,
    nextNoteId: 20_000_001,
  };
}

/** Dollars of a loan that are taken, by the account and by others. */
export function fundedAmount(state: MarketState, loanId: number): Money {
  const own = state.investedByLoan.get(loanId) ?? zeroMoney;
  return own.plus(state.fundedByOthers.get(loanId) ?? zeroMoney);
}
