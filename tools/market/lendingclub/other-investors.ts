import { createHash } from 'node:crypto';
import { floorToStep, minimumMoney, parseMoney, zeroMoney, type Money } from '@mispriced/core';

/** What other investors do to the loans that a client means to buy; shares are 0 to 1. */
export interface OtherInvestors {
  /** The share of loans that are gone between the listing and the order. */
  readonly vanishShare: number;
  /** The share of loans of which a part is gone by then. */
  readonly partialShare: number;
}

/** A moment at which others may buy of a loan before the account's order for it is settled. */
export interface Turn {
  readonly loanId: number;
  /** Dollars that can still be bought. */
  readonly remaining: Money;
  /** Dollars the account is about to buy. */
  readonly wanted: Money;
  /** Whether it is the first order for this loan. */
  readonly first: boolean;
}

/** How many dollars of a loan others take at their turn, at most what remains. */
export type OthersBuy = (turn: Turn) => Money;

const step = parseMoney(25);

/** The same loans for the same seed, whatever the order in which they are asked for. */
export function othersBuyBySeed(seed: number, investors: OtherInvestors): OthersBuy {
  return ({ loanId, remaining, first }) => {
    if (!first) return zeroMoney;
    const draw = uniform(`${seed}|fate|${loanId}`);
    if (draw < investors.vanishShare) return remaining;
    if (draw >= investors.vanishShare + investors.partialShare) return zeroMoney;
    const part = remaining.times(uniform(`${seed}|part|${loanId}`));
    return minimumMoney(floorToStep(part, step), remaining);
  };
}

/** The fault `vanish`: all that remained is gone. */
export const othersBuyAll: OthersBuy = ({ remaining }) => remaining;

/**
 * The fault `partial-fill`: half of what the account wants remains, in the market's steps; of one
 * step, half of it in whole dollars, which no real loan leaves but any client must add up.
 */
export const othersLeaveHalf: OthersBuy = ({ remaining, wanted }) => {
  const half = wanted.dividedBy(2);
  const steps = floorToStep(half, step);
  const left = steps.isZero() ? half.floor() : steps;
  return remaining.minus(minimumMoney(left, remaining));
};

/** A number from 0 to 1 that a text determines. */
function uniform(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48;
}
