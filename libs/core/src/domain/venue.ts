import type { MispricedError } from './errors.ts';
import type { SecurityListing } from './listing.ts';
import { ceilToStep, type Money } from './money.ts';
import type { OrderIntent, OrderResult, PlacedOrder } from './order.ts';

/** The venue over an archived listing: nothing that it "sells" was ever for sale. */
export const replayVenueName = 'replay';

/** An answer to orders as it came. */
export interface OrderAnswer {
  readonly status: number;
  /** Its JSON; undefined where it is none. */
  readonly body: unknown;
}

/** For venues to which nothing is ever sent. */
export const neverRefuses = (): boolean => false;

/** What a venue promises of its orders. Configuration may only be more careful. */
export interface VenueDeclaration {
  /** The longest that an order may take to show in the account, in seconds after its attempt ended. */
  readonly settleWithinSeconds: number;
  /**
   * An order may be filled for up to the next multiple of this, in dollars; null where never for more
   * than was asked.
   */
  readonly roundsUpTo: Money | null;
  /** True where the same id is refused for ever, so that an order that is sent twice is bought once. */
  readonly refusesRepeatedIds: boolean;
  /**
   * Whether an answer to orders says that all of them were refused before any effect: by its own body,
   * never by its status alone.
   */
  readonly refusesBeforeEffect: (answer: OrderAnswer) => boolean;
  /** Whether it takes orders at a moment. A run that finds it closed has nothing to do. */
  readonly isOpenAt: (moment: Date) => boolean;
}

/** For venues that never close. */
export const alwaysOpen = (): boolean => true;

/** The most that an order may buy, in dollars, where the venue keeps what it declares. */
export function mostFilled(
  amount: Money,
  { roundsUpTo }: Pick<VenueDeclaration, 'roundsUpTo'>,
): Money {
  return roundsUpTo === null ? amount : ceilToStep(amount, roundsUpTo);
}

/** What came of sending one batch. */
export interface PlacedBatch {
  /** One for each order. What the answer does not settle is `unknown`. */
  readonly results: readonly OrderResult[];
  /** The first answer that was neither a fill nor a refusal in the venue's own words; else null. */
  readonly problem: MispricedError | null;
  /** True where nothing was sent, because `mayStillSend` said so. */
  readonly isUnsent?: boolean;
  /** True where no answer came: lost on its way, it says nothing of the venue. */
  readonly isUnanswered?: boolean;
}

/** What is asked in the last instruction before a request leaves. */
export interface SendGuard {
  /** Null while the orders may be sent, else why not. Answers at once. */
  readonly mayStillSend: () => MispricedError | null;
}

/** A market as the pipeline sees it. Every venue implements these and nothing more. */
export interface Venue {
  readonly name: string;
  /**
   * Tells the account at the venue from any other, and says nothing of it: the ledger of an account
   * must not be kept on with another one.
   */
  readonly accountMark: string;
  readonly declaration: VenueDeclaration;
  /**
   * Everything on offer now.
   *
   * @throws MispricedError `VENUE_UNREACHABLE`, `VENUE_REFUSED` or `VENUE_ANSWER_INVALID`.
   */
  listSecurities(): Promise<SecurityListing>;
  /** What may be spent, in dollars. Throws as `listSecurities`. */
  availableCash(): Promise<Money>;
  /**
   * Sends one batch, once. It never throws for what the venue answers or leaves unanswered: an order
   * is `refused` only where the venue says so itself, in a body of its own.
   *
   * @throws MispricedError where nothing left, for a reason of ours.
   */
  placeOrders(batch: readonly OrderIntent[], guard: SendGuard): Promise<PlacedBatch>;
  /** Everything held or on order, for what is already held and for settling unknown orders. */
  findOrders(): Promise<readonly PlacedOrder[]>;
}
