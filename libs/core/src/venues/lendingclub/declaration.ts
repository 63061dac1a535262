import { parseMoney } from '../../domain/money.ts';
import { alwaysOpen, type VenueDeclaration } from '../../domain/venue.ts';
import { venueLimits } from './limits.ts';
import { parseRefusal } from './refusal.ts';

/**
 * What LendingClub's API v1 promises of orders. Notes come in multiples of 25 dollars, and a request is
 * rounded to one (`REQUESTED_AMNT_ROUNDED`). It checks no id, and names no hours.
 */
export const lendingClubDeclaration: VenueDeclaration = {
  settleWithinSeconds: venueLimits.settleWithinSeconds,
  roundsUpTo: parseMoney('25.00'),
  refusesRepeatedIds: false,
  refusesBeforeEffect: ({ status, body }) =>
    // LendingClub documents no 429: who sends one need not be the venue.
    status >= 400 && status < 500 && status !== 429 && parseRefusal(body)?.isBeforeEffect === true,
  isOpenAt: alwaysOpen,
};
