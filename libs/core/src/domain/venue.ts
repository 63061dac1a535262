import type { SecurityListing } from './listing.ts';
import type { Money } from './money.ts';
import type { OrderIntent, OrderResult, PlacedOrder } from './order.ts';

/** The venue over an archived listing: nothing that it "sells" was ever for sale. */
export const replayVenueName = 'replay';

/** A market as the pipeline sees it. Every venue implements these four and nothing more. */
export interface Venue {
  readonly name: string;
  /**
   * Everything on offer now.
   *
   * @throws MispricedError `VENUE_UNREACHABLE`, `VENUE_REFUSED` or `VENUE_ANSWER_INVALID`.
   */
  listSecurities(): Promise<SecurityListing>;
  /** What may be spent, in dollars. Throws as `listSecurities`. */
  availableCash(): Promise<Money>;
  /**
   * Sends one batch. An order whose fate the answer does not settle (no answer, a busy venue) comes
   * back as `unknown`; it throws only where nothing can have been bought.
   */
  placeOrders(batch: readonly OrderIntent[]): Promise<readonly OrderResult[]>;
  /** Everything held or on order, for what is already held and for settling unknown orders. */
  findOrders(): Promise<readonly PlacedOrder[]>;
}
