import type { Money } from './money.ts';

/** How much may go into each group of securities, earlier runs included where they are told. */
export interface GroupLimits {
  /** Dollars for a group that `byGroup` does not name; null sets no limit. */
  readonly default: Money | null;
  /** Dollars. */
  readonly byGroup: Readonly<Record<string, Money>>;
}

/** How much a run may buy. Every limit holds at once; the least decides. */
export interface DecisionLimits {
  /** Dollars in one order. */
  readonly perOrder: Money;
  /** Dollars in one run. */
  readonly perRun: Money;
  /** Dollars in all runs of the account whose slots are on one day (UTC). */
  readonly perDay: Money;
  /** Dollars in all runs of the account whose slots are in one month (UTC). */
  readonly perMonth: Money;
  /** Null sets no limit on a group. */
  readonly perGroup: GroupLimits | null;
  /** Share of a whole listing, 0 to 1, as decimal text so that 0.1 is exactly a tenth. */
  readonly listingShare: string;
  /** Dollars; less than this is not worth an order, or the venue takes none. */
  readonly minimumOrder: Money;
  /** Dollars; every order is a whole multiple of it. */
  readonly step: Money;
}
