import { MispricedError, type SecurityListing } from './domain/index.ts';

/** More unusable entries than this share, and the listing as a whole is not to be believed. */
const implausibleShare = 0.1;

/**
 * Refuses a listing that a run must not act on.
 *
 * @throws MispricedError `LISTING_EMPTY`; `LISTING_IMPLAUSIBLE` where more than a tenth of the
 * entries is unusable: a venue whose prices are absurd may be wrong about the others too.
 */
export function checkListing(listing: SecurityListing, venue: string): void {
  const invalid = listing.invalid.length;
  const listed = listing.listings.length + invalid;
  if (listed === 0) {
    throw new MispricedError({
      code: 'LISTING_EMPTY',
      message: `${venue} has nothing on offer (as of ${listing.asOf}).`,
      fix: 'Nothing to do if the venue lists later in the day; otherwise move schedule.daily_trade.',
    });
  }
  if (invalid > listed * implausibleShare) {
    const examples = listing.invalid.slice(0, 3).map((entry) => `${entry.id}: ${entry.problem}`);
    throw new MispricedError({
      code: 'LISTING_IMPLAUSIBLE',
      message: `${invalid} of ${listed} entries that ${venue} sent are unusable (${examples.join('; ')}).`,
      fix: 'No further order was sent. See listing.json of this run, and whether the venue changed its API.',
    });
  }
}
