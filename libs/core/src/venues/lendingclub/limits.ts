/**
 * What LendingClub's interface keeps to, as far as a client has to know it before its first request.
 * Nothing may ask it more often, nor give an order up sooner.
 */
export const venueLimits = {
  /**
   * Seconds after the end of an attempt within which an order shows in the account. The documentation
   * named no such time; two minutes is four times what a request may take by default.
   */
  settleWithinSeconds: 120,
  /** Over all operations of an account, as documented. */
  requestsPerSecond: 1,
} as const;
