import {
  orderResultEntry,
  outcomeOfFill,
  parseMoney,
  zeroMoney,
  type OrderIntendedEntry,
  type OrderResultEntry,
  type PlacedOrder,
  type Venue,
} from '../domain/index.ts';

/**
 * Learns the fate of orders whose answer was lost, by reading the account back. A venue without an
 * idempotency key leaves no other way: sending again could buy twice. A security is bought at most
 * once by the strategy, so whatever the account holds of it came from the order in question.
 *
 * An order that was sent a moment ago may still be on its way, so it is given `settleAfterSeconds`
 * since its intent before its absence counts as "not bought".
 *
 * @returns One result for each order, `filled`, `partly-filled` or `refused`.
 * @throws What the venue's `findOrders` throws: then nothing is known and nothing may be bought.
 */
export async function settleOrders(args: {
  orders: readonly OrderIntendedEntry[];
  venue: Venue;
  settleAfterSeconds: number;
  now: () => Date;
  sleep: (milliseconds: number) => Promise<void>;
}): Promise<readonly OrderResultEntry[]> {
  if (args.orders.length === 0) return [];
  const latest = Math.max(...args.orders.map((order) => Date.parse(order.at)));
  const waitMilliseconds = latest + args.settleAfterSeconds * 1000 - args.now().getTime();
  if (waitMilliseconds > 0) await args.sleep(waitMilliseconds);

  const placed = new Map<string, PlacedOrder>(
    (await args.venue.findOrders()).map((order) => [order.listingId, order]),
  );
  return args.orders.map((order) => {
    const found = placed.get(order.listingId);
    const filled = found?.filled ?? zeroMoney;
    const outcome = outcomeOfFill(parseMoney(order.amount), filled);
    const known = { outcome, filled, venueOrderId: found?.venueOrderId ?? null };
    return orderResultEntry(order, known, { at: args.now(), source: 'read-back' });
  });
}
