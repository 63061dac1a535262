import type { Money } from '@mispriced/core';
import type { NoteFate } from './account.ts';
import type { AnswerKind, FillKind, OrderAnswerKind, OrderConduct } from './conduct.ts';
import type { MarketDeclaration } from './declaration.ts';

/** What was sent back: also where a conduct is not what made it so. */
export type GivenKind = OrderAnswerKind | AnswerKind | 'over-pace' | 'access-refused' | 'closed';

/** What the market sent back. */
interface GivenAnswer {
  readonly kind: GivenKind;
  readonly atMilliseconds: number;
  /** Null where no whole answer was sent. */
  readonly status: number | null;
  readonly body: string | null;
  /** Whether it has reached a client that still waited for it. */
  isDelivered: boolean;
}

/** One order as it was received. */
interface AskedOrder {
  readonly loanId: number;
  /** Dollars. */
  readonly requested: Money;
}

/** One order as it was booked. */
export interface BookedOrder extends AskedOrder {
  /** Dollars. */
  readonly amount: Money;
  readonly noteId: number;
  readonly fill: FillKind;
  /** True time: of what is booked in parts each has its own. */
  readonly atMilliseconds: number;
}

/** What came of the orders of one request. Times are true, in milliseconds. */
export interface OrderRecord {
  readonly conduct: OrderConduct;
  /** The body as it was received. */
  readonly body: string;
  /** What it asks for; nothing where the market cannot read it. */
  readonly asked: readonly AskedOrder[];
  /** The last part's, where they are booked in parts. */
  bookedAtMilliseconds: number | null;
  booked: readonly BookedOrder[];
  /** Loans that others had bought up just before. */
  gone: readonly number[];
}

/** A request that was sent to the market, whether it arrived or not. Times are true, in milliseconds. */
export interface RequestRecord {
  /** From 1, in the order of sending, over all hosts. */
  readonly number: number;
  readonly host: string;
  readonly method: string;
  /** After the API's base. */
  readonly path: string;
  readonly sentAtMilliseconds: number;
  receivedAtMilliseconds: number | null;
  /** When the market had answered, the client given up or its host been killed: the earliest. */
  endedAtMilliseconds: number | null;
  answer: GivenAnswer | null;
  /** What came of its orders; null where it has none or did not get as far as the order desk. */
  order: OrderRecord | null;
  /** The moment whose state it was shown; null where it was shown none. */
  shownAsOfMilliseconds: number | null;
}

/** Something that the account's owner, or a borrower, did. Times are true, in milliseconds. */
export interface PersonRecord {
  readonly atMilliseconds: number;
  readonly did: 'bought' | NoteFate;
  readonly loanId: number;
  readonly noteId: number;
  /** Dollars bought, or of the note. */
  readonly amount: Money;
}

/** A note at the end of the history. */
export interface HeldNote {
  readonly noteId: number;
  readonly loanId: number;
  /** Dollars it was bought for. */
  readonly amount: Money;
  readonly fate: NoteFate | 'held';
}

/** The book of truth: what the market did, whatever it said. */
export interface MarketHistory {
  readonly declaration: MarketDeclaration;
  readonly requests: readonly Readonly<RequestRecord>[];
  readonly person: readonly PersonRecord[];
  /** What was bought before the history began. */
  readonly earlier: readonly BookedOrder[];
  /** Every note ever bought, sold ones too. */
  readonly notes: readonly HeldNote[];
  readonly cash: Money;
}
