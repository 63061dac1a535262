import type { ExecutionStatus } from './execution-status.ts';

/** What the API says of one order of a request; amounts in dollars. */
interface OrderConfirmation {
  readonly loanId: number;
  readonly requestedAmount: number;
  readonly investedAmount: number;
  readonly executionStatus: readonly ExecutionStatus[];
}

/** What the API answers to `POST .../orders`. */
export interface OrderAnswer {
  /** Null when nothing was filled. */
  readonly orderInstructId: number | null;
  readonly orderConfirmations: readonly OrderConfirmation[];
}
