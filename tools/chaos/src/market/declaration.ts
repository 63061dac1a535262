import type { Money } from '@mispriced/core';

/** What a market says of itself, and may not keep. */
export interface MarketDeclaration {
  /** The longest until an order shows in the account, counted from the end of its attempt. */
  readonly settleWithinSeconds: number;
  /** The most dollars that an order for so many is filled for. */
  readonly mostFilled: (requested: Money) => Money;
  /** Whether it takes orders at a moment, true time; always unless given. */
  readonly isOpenAt?: (milliseconds: number) => boolean;
}
