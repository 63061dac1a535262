import {
  alwaysOpen,
  neverRefuses,
  parseMoney,
  sumMoney,
  zeroMoney,
  type InvalidListing,
  type Listing,
  type OrderIntent,
  type OrderResult,
  type PlacedOrder,
  type Venue,
} from '../domain/index.ts';

/** A listing of the invented market; r of its price is 0.2 unless another one is given. */
export function inventedListing(
  id: string,
  given: { loss?: number | null; price?: number; group?: string; amount?: string } = {},
): Listing {
  const { loss = 0.05, price = 15, group = '36', amount = '5000.00' } = given;
  return {
    id,
    venue: 'invented',
    price,
    group,
    amount: parseMoney(amount),
    remaining: parseMoney(amount),
    attributes: { loss },
  };
}

/** The account of an invented market, and what was sent to it. It outlives a run that is killed. */
export interface InventedAccount {
  readonly cash: string;
  readonly sent: OrderIntent[];
  readonly holdings: PlacedOrder[];
}

export function newAccount(cash = '10000.00'): InventedAccount {
  return { cash, sent: [], holdings: [] };
}

/** A venue that fills every order whole as long as there is cash, and never twice the same id. */
export function inventedVenue(given: {
  listings: readonly Listing[];
  invalid?: readonly InvalidListing[];
  account: InventedAccount;
}): Venue {
  const { listings, invalid = [], account } = given;
  const cashLeft = () =>
    parseMoney(account.cash).minus(sumMoney(account.holdings.map(({ filled }) => filled)));
  return {
    name: 'invented',
    accountMark: 'invented',
    declaration: {
      settleWithinSeconds: 30,
      roundsUpTo: null,
      refusesRepeatedIds: false,
      refusesBeforeEffect: neverRefuses,
      isOpenAt: alwaysOpen,
    },
    listSecurities: () =>
      Promise.resolve({
        asOf: '2026-01-05T10:00:00-08:00',
        listings,
        invalid,
        received: { ids: listings.map(({ id }) => id) },
      }),
    availableCash: () => Promise.resolve(cashLeft()),
    findOrders: () => Promise.resolve([...account.holdings]),
    placeOrders: (batch) =>
      Promise.resolve({
        problem: null,
        results: batch.map((intent): OrderResult => {
          account.sent.push(intent);
          const filled = intent.amount.lessThanOrEqualTo(cashLeft()) ? intent.amount : zeroMoney;
          const venueOrderId = `order-${account.sent.length}`;
          if (!filled.isZero()) {
            account.holdings.push({ listingId: intent.listingId, filled, venueOrderId });
          }
          return {
            orderId: intent.orderId,
            listingId: intent.listingId,
            outcome: filled.isZero() ? 'refused' : 'filled',
            filled,
            units: null,
            fees: null,
            venueOrderId: filled.isZero() ? null : venueOrderId,
            venueStatuses: [filled.isZero() ? 'NO_CASH' : 'DONE'],
          };
        }),
      }),
  };
}
