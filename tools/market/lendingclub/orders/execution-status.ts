/**
 * What the simulated market says of an order, in the spelling of recorded answers where there is
 * one. Other clients saw other spellings: to a client this is an open set.
 */
export type ExecutionStatus =
  | 'ORDER_FULFILLED'
  | 'LOAN_AMNT_EXCEEDED'
  | 'NOT_AN_IN_FUNDING_LOAN'
  | 'REQUESTED_AMNT_LOW'
  | 'REQUESTED_AMOUNT_ROUNDED'
  | 'AUGMENTED_BY_MERGE'
  | 'ELIM_BY_MERGE'
  | 'INSUFFICIENT_CASH'
  | 'NOT_AN_INVESTOR'
  | 'NOTE_ADDED_TO_PORTFOLIO'
  | 'NOT_A_VALID_PORTFOLIO'
  | 'SYSTEM_BUSY';
