import { parseMoney } from '../../domain/money.ts';
import type { VenueDeclaration } from '../../domain/venue.ts';

/**
 * What LendingClub's API v1 promises of orders. Notes come in multiples of 25 dollars, and a request is
 * rounded to one (`REQUESTED_AMNT_ROUNDED`). It checks no id, and no document says how soon an order
 * shows among the notes: two minutes are four times the longest that an answer is waited for.
 */
export const lendingClubDeclaration: VenueDeclaration = {
  settleWithinSeconds: 120,
  roundsUpTo: parseMoney('25.00'),
  refusesRepeatedIds: false,
};
