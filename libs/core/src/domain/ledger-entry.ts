import type { OrderOutcome } from './order.ts';
import type { RunStatus, Stage, TradingMode } from './run.ts';

/** Fields every line of the ledger has. */
interface LedgerEntryBase {
  /** When it was written, UTC, ISO 8601. */
  readonly at: string;
  readonly runId: string;
}

/** A run has begun: from here on its slot is taken. */
export interface RunStartedEntry extends LedgerEntryBase {
  readonly type: 'run-started';
  readonly slot: string;
  readonly stage: Stage;
  readonly mode: TradingMode;
}

/** An order is about to be sent. */
export interface OrderIntendedEntry extends LedgerEntryBase {
  readonly type: 'order-intended';
  readonly orderId: string;
  readonly venue: string;
  readonly listingId: string;
  readonly group: string;
  readonly side: 'buy';
  /** Dollars, two decimals. */
  readonly amount: string;
  readonly mode: TradingMode;
}

/** How an order ended; a later line for the same order replaces `unknown`. */
export interface OrderResultEntry extends LedgerEntryBase {
  readonly type: 'order-result';
  readonly orderId: string;
  readonly listingId: string;
  readonly outcome: OrderOutcome;
  /** Dollars, two decimals. */
  readonly filled: string;
  readonly venueOrderId: string | null;
  readonly venueStatuses: readonly string[];
  /** `answer`: the venue's answer to the order; `read-back`: found by asking the venue afterwards. */
  readonly source: 'answer' | 'read-back' | 'paper';
}

/** A run has ended. */
export interface RunFinishedEntry extends LedgerEntryBase {
  readonly type: 'run-finished';
  readonly status: RunStatus;
  /** Dollars, two decimals. */
  readonly spent: string;
  readonly errorCode: string | null;
}

/** One line of the ledger: append only, JSON Lines. */
export type LedgerEntry =
  RunStartedEntry | OrderIntendedEntry | OrderResultEntry | RunFinishedEntry;
