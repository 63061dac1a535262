import type { Money } from '@mispriced/core';

/** A part of a loan that the account bought. */
export interface Note {
  readonly noteId: number;
  readonly orderInstructId: number;
  readonly loanId: number;
  readonly portfolioId: number | null;
  /** Dollars asked for. */
  readonly requested: Money;
  /** Dollars bought. */
  readonly invested: Money;
  /** When it was bought on the day that is replayed, as the API writes dates. */
  readonly orderDate: string;
  /** When it was bought by the clock, ISO 8601. */
  readonly at: string;
  /** The loan as it was bought: a later day does not list it any more. */
  readonly loan: NoteLoan;
}

/** What a note says of its loan, by the API's names. */
interface NoteLoan {
  readonly interestRate: number;
  readonly loanLength: number;
  readonly grade: number | string | null;
  readonly subGrade: number | string | null;
  readonly loanAmount: number;
  readonly purpose: number | string | null;
}
