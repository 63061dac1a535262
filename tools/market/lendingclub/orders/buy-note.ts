import type { Money } from '@mispriced/core';
import type { MarketState } from '../market-state.ts';
import type { Note } from '../note.ts';
import type { MarketListing } from '../replay/market-listing.ts';

/** The state after the account paid for a part of a loan and holds a note for it. */
export function buyNote(args: {
  readonly state: MarketState;
  readonly listing: MarketListing;
  readonly requested: Money;
  readonly bought: Money;
  readonly portfolioId: number | null;
  readonly orderDate: string;
  readonly at: string;
}): MarketState {
  const { state, listing, requested, bought, portfolioId, orderDate, at } = args;
  const note: Note = {
    noteId: state.nextNoteId,
    orderInstructId: state.nextOrderInstructId,
    loanId: listing.id,
    portfolioId,
    requested,
    invested: bought,
    orderDate,
    at,
    loan: {
      interestRate: listing.intRate,
      loanLength: listing.term,
      grade: listing.grade,
      subGrade: listing.subGrade,
      loanAmount: listing.loanAmount,
      purpose: listing.purpose,
    },
  };
  const invested = state.investedByLoan.get(listing.id)?.plus(bought) ?? bought;
  return {
    ...state,
    cash: state.cash.minus(bought),
    notes: [...state.notes, note],
    investedByLoan: new Map(state.investedByLoan).set(listing.id, invested),
    nextNoteId: state.nextNoteId + 1,
  };
}
