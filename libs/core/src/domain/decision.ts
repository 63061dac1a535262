import type { Money } from './money.ts';

/** Why a row never reached a score. */
export const dropReasons = [
  'invalid-listing',
  'no-own-data',
  'own-data-not-yet-known',
  'own-data-stale',
  'missing-value',
  'unseen-category',
  'no-risk-curve',
] as const;

/** Why a scored listing was not bought. */
export const skipReasons = [
  'edge-within-threshold',
  'already-held',
  'order-unknown',
  'fully-funded',
  'below-minimum-order',
  'listing-share-limit',
  'group-limit',
  'run-limit',
  'day-limit',
  'month-limit',
  'cash-limit',
  'kill-switch',
] as const;

export const buyReasons = ['edge-beyond-threshold'] as const;

export type DropReason = (typeof dropReasons)[number];
export type SkipReason = (typeof skipReasons)[number];
export type DecisionReason = DropReason | SkipReason | (typeof buyReasons)[number];

/** What the strategy makes of one security of the listing: every one gets a decision. */
export interface Decision {
  readonly id: string;
  /** Null only where the venue's price could not be read. */
  readonly price: number | null;
  readonly group: string | null;
  /** The market's view: the risk curve at the price, 0 to 1. Null where the row was dropped before. */
  readonly r: number | null;
  /** The model's view: probability of a loss, 0 to 1. Null where the row was dropped before. */
  readonly q: number | null;
  /** q - r. */
  readonly edge: number | null;
  readonly decision: 'buy' | 'skip';
  /** Dollars to buy; zero for a skip. */
  readonly amount: Money;
  readonly reason: DecisionReason;
}
