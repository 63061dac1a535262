import { MispricedError } from '../../domain/errors.ts';
import type { SecurityListing } from '../../domain/listing.ts';
import type { Money } from '../../domain/money.ts';
import { alwaysOpen, neverRefuses, replayVenueName, type Venue } from '../../domain/venue.ts';
import { accountMarkOf } from '../account-mark.ts';
import { lendingClubName, parseLendingClubListing } from '../lendingclub/parse-listing.ts';

/** How each venue's listings are read; one that is not here cannot be replayed. */
const parsers: Readonly<Record<string, (received: unknown) => SecurityListing>> = {
  [lendingClubName]: parseLendingClubListing,
};

/** The venues whose archived listings can be replayed. */
export const replayableVenues: readonly string[] = Object.keys(parsers);

/**
 * A venue over an archived listing, for previews, replays and backtests: no network, no orders. The
 * file holds a venue's answer as `SecurityListing.received` had it, in JSON.
 *
 * @throws MispricedError `CONFIG_INVALID` for a venue that cannot be replayed, `DATA_INVALID` for a
 * file that is not JSON.
 */
export function createReplayVenue(options: {
  /** The venue the listing is of. */
  venue: string;
  listingText: string;
  /** The file the text came from, for messages. */
  where: string;
  /** What the replayed account may spend, in dollars. */
  availableCash: Money;
}): Venue {
  const parse = Object.hasOwn(parsers, options.venue) ? parsers[options.venue] : undefined;
  if (parse === undefined) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `Listings of the venue "${options.venue}" cannot be replayed.`,
      fix: `Name one of: ${replayableVenues.join(', ')}.`,
    });
  }
  const received = parseArchive(options.listingText, options.where);
  return {
    name: replayVenueName,
    accountMark: accountMarkOf(replayVenueName, '', ''),
    declaration: {
      settleWithinSeconds: 0,
      roundsUpTo: null,
      refusesRepeatedIds: true,
      refusesBeforeEffect: neverRefuses,
      isOpenAt: alwaysOpen,
    },
    listSecurities: () => attempt(() => parse(received)),
    availableCash: () => Promise.resolve(options.availableCash),
    placeOrders: (batch) =>
      attempt(() => {
        if (batch.length === 0) return { results: [], problem: null };
        throw ordersRefused(batch.length, options.where);
      }),
    findOrders: () => Promise.resolve([]),
  };
}

/** What a function returns or throws, as a promise. */
async function attempt<Result>(work: () => Result): Promise<Result> {
  return Promise.resolve().then(work);
}

function parseArchive(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `The archived listing ${where} is not JSON.`,
      fix: "Give the file that a run left in its archive, or a venue's answer saved as it came.",
      cause: thrown,
    });
  }
}

function ordersRefused(count: number, where: string): MispricedError {
  return new MispricedError({
    code: 'LIVE_REFUSED',
    message: `${count} orders were to be sent to a replay of ${where}, where nothing can be bought.`,
    fix: 'Run with `--mode paper`, or name a market with `--market-url`.',
  });
}
