import { createHash } from 'node:crypto';
import type { Money } from './money.ts';
import { compactSlot } from './run.ts';

/** An order as it is written to the ledger before anything is sent. */
export interface OrderIntent {
  /** UUID, a pure function of venue, account, slot, listing and side. */
  readonly orderId: string;
  readonly runId: string;
  readonly venue: string;
  /** The configured name of the account that trades. */
  readonly account: string;
  readonly listingId: string;
  readonly group: string;
  readonly side: 'buy';
  /** Dollars. */
  readonly amount: Money;
  /** The most to pay for one unit, where the venue's orders carry a limit. */
  readonly limitPrice: Money | null;
}

/**
 * How an order ended. `rounded`: filled for another amount because the venue keeps to its own steps.
 * `unknown`: it may have been filled, and counts as bought until the account shows otherwise.
 */
export const orderOutcomes = ['filled', 'rounded', 'partly-filled', 'refused', 'unknown'] as const;

export type OrderOutcome = (typeof orderOutcomes)[number];

/** What the venue said of one order. */
export interface OrderResult {
  readonly orderId: string;
  readonly listingId: string;
  readonly outcome: OrderOutcome;
  /** Dollars bought. */
  readonly filled: Money;
  /** Units bought, as the venue writes them; null where it sells by the dollar. */
  readonly units: string | null;
  /** Dollars of fees beside `filled`; null where the venue names none. */
  readonly fees: Money | null;
  /** The venue's own number for the order, where it gave one. */
  readonly venueOrderId: string | null;
  /** The venue's own words, untouched. */
  readonly venueStatuses: readonly string[];
}

/** Something the account holds or has on order at the venue, read back from it. */
export interface PlacedOrder {
  readonly listingId: string;
  /** Dollars that were paid for what is held. */
  readonly filled: Money;
  readonly venueOrderId: string | null;
  /** Dollars of what was once paid that the venue reports as repaid, settled or sold. */
  readonly gone?: Money;
}

/**
 * An order's id: the same for the same venue, account, slot, listing and side, so that a run started
 * again recognises its own orders, whatever the strategy is called then (the first 128 bits of a
 * SHA-256 in the shape of an RFC 9562 version 8 UUID).
 */
export function orderIdFor(args: {
  venue: string;
  account: string;
  slot: Date;
  listingId: string;
  side: 'buy';
}): string {
  const { venue, account, slot, listingId, side } = args;
  const text = [venue, account, compactSlot(slot), listingId, side].join('|');
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
