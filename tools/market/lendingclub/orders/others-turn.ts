import { minimumMoney, parseMoney, zeroMoney, type Money } from '@mispriced/core';
import { fundedAmount, type MarketState } from '../market-state.ts';
import type { OthersBuy } from '../other-investors.ts';
import type { MarketListing } from '../replay/market-listing.ts';

/** Dollars of a loan that can still be bought; never less than nothing. */
export function remainingOf(state: MarketState, listing: MarketListing): Money {
  const remaining = parseMoney(listing.loanAmount).minus(fundedAmount(state, listing.id));
  return remaining.isNegative() ? zeroMoney : remaining;
}

/** The state after other investors had their turn at a loan that the account is about to buy. */
export function afterOthersTurn(args: {
  readonly state: MarketState;
  readonly listing: MarketListing;
  /** Dollars the account is about to buy. */
  readonly wanted: Money;
  readonly othersBuy: OthersBuy;
}): MarketState {
  const { state, listing, wanted } = args;
  const before = state.fundedByOthers.get(listing.id);
  const remaining = remainingOf(state, listing);
  const turn = { loanId: listing.id, remaining, wanted, first: before === undefined };
  const taken = minimumMoney(args.othersBuy(turn), remaining);
  const funded = (before ?? zeroMoney).plus(taken);
  return { ...state, fundedByOthers: new Map(state.fundedByOthers).set(listing.id, funded) };
}
