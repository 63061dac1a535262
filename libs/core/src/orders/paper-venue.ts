import {
  minimumMoney,
  neverRefuses,
  orderResult,
  outcomeOfFill,
  type Money,
  type OrderIntent,
  type OrderResult,
  type Venue,
  type VenueDeclaration,
} from '../domain/index.ts';

/** Nothing is sent, so nothing is late or bought twice; what is planned is what would be planned live. */
function paperDeclaration({ roundsUpTo, isOpenAt }: VenueDeclaration): VenueDeclaration {
  return {
    settleWithinSeconds: 0,
    roundsUpTo,
    refusesRepeatedIds: true,
    refusesBeforeEffect: neverRefuses,
    isOpenAt,
  };
}

/**
 * Trades on paper: the venue is asked what it has and what cash there is, and never sent an order.
 * The fill model is plain and optimistic: every order fills at once, up to what was left of the
 * security when it was listed. Real venues fill less, so paper results are an upper bound.
 */
export function createPaperVenue(venue: Venue): Venue {
  const remaining = new Map<string, Money>();
  return {
    name: venue.name,
    accountMark: venue.accountMark,
    declaration: paperDeclaration(venue.declaration),
    listSecurities: async () => {
      const listing = await venue.listSecurities();
      for (const { id, remaining: left } of listing.listings) remaining.set(id, left);
      return listing;
    },
    availableCash: () => venue.availableCash(),
    findOrders: () => venue.findOrders(),
    placeOrders: (batch) =>
      Promise.resolve({ results: batch.map((intent) => fill(intent, remaining)), problem: null }),
  };
}

function fill(intent: OrderIntent, remaining: Map<string, Money>): OrderResult {
  const left = remaining.get(intent.listingId);
  const filled = left === undefined ? intent.amount : minimumMoney(intent.amount, left);
  remaining.set(intent.listingId, (left ?? intent.amount).minus(filled));
  const outcome = outcomeOfFill(intent.amount, filled);
  return orderResult(intent, { outcome, filled, venueStatuses: ['PAPER'] });
}
