import {
  formatMoney,
  outcomeOfFill,
  parseLedgerMoney,
  sumMoney,
  zeroMoney,
  type LedgerEntry,
  type Money,
  type OrderOutcome,
  type PlacedOrder,
} from '../domain/index.ts';
import { filledMoney, isUnsettled, type LedgerOrder, type LedgerRun } from './ledger-state.ts';

/** An order of ours that the account turns out to have bought, and how much of it. */
export interface FoundOrder {
  readonly order: LedgerOrder;
  readonly outcome: OrderOutcome;
  /** Dollars, all that is charged to the order. */
  readonly filled: Money;
  readonly venueOrderId: string | null;
}

/** Dollars of one security. */
export interface ListingAmount {
  readonly listingId: string;
  readonly amount: Money;
}

/** What the account and the ledger say of each other, by kind. */
export interface Reconciliation {
  /** Open orders that were bought, wholly or so far in part, and orders called refused, or filled for less, that turned up. */
  readonly found: readonly FoundOrder[];
  /** Open orders that the account does not show. */
  readonly absent: readonly LedgerOrder[];
  /** What the account holds that no order of ours explains and no line of the ledger names. */
  readonly foreign: readonly ListingAmount[];
  /** What the ledger says was bought and the account neither holds nor reports as gone. */
  readonly missing: readonly ListingAmount[];
}

/**
 * Compares what the account shows with what the ledger knows of it, security by security. What could
 * be ours or somebody else's is charged to us. Cash is not compared: deposits and payments move it.
 *
 * A pure function of the live runs of one account, the lines of its ledger and one reading.
 */
export function reconcile(args: {
  runs: readonly LedgerRun[];
  entries: readonly LedgerEntry[];
  placed: readonly PlacedOrder[];
  /** What was bought after this may not show yet. */
  settledBefore: Date;
}): Reconciliation {
  const orders = args.runs.flatMap((run) => run.orders);
  const ours = Map.groupBy(orders, ({ intent }) => intent.listingId);
  const others = foreignHoldings(args.entries);
  const gone = goneHoldings(args.entries);
  const shown = Map.groupBy(args.placed, ({ listingId }) => listingId);
  const found: FoundOrder[] = [];
  const foreign: ListingAmount[] = [];
  const missing: ListingAmount[] = [];
  for (const listingId of new Set([...shown.keys(), ...ours.keys(), ...others.keys()])) {
    const placed = shown.get(listingId) ?? [];
    const ever = sumMoney(placed.flatMap(({ filled, gone = zeroMoney }) => [filled, gone]));
    const own = ours.get(listingId) ?? [];
    const order = likeliest(own);
    // What we ordered was not held then: whatever is known to be somebody else's was sold before.
    const other = order === undefined ? (others.get(listingId) ?? zeroMoney) : zeroMoney;
    const surplus = ever
      .minus(other)
      .minus(filledMoney(own))
      .plus(gone.get(listingId) ?? zeroMoney);
    const shortfall = filledMoney(own.filter(mustShow(args.settledBefore)))
      .minus(gone.get(listingId) ?? zeroMoney)
      .minus(ever);
    if (shortfall.greaterThan(0)) missing.push({ listingId, amount: shortfall });
    if (!surplus.greaterThan(0)) continue;
    if (order === undefined) foreign.push({ listingId, amount: surplus });
    else found.push(foundOrder(order, surplus, placed));
  }
  const isFound = new Set(found.map(({ order }) => order.intent.orderId));
  const absent = orders.filter((order) => isUnsettled(order) && !isFound.has(order.intent.orderId));
  return { found, absent, foreign, missing };
}

function mustShow(settledBefore: Date): (order: LedgerOrder) => boolean {
  return ({ result }) => result !== null && Date.parse(result.at) < settledBefore.getTime();
}

/** Dollars of each security that the ledger names as somebody else's: the baseline, and what came since. */
function foreignHoldings(entries: readonly LedgerEntry[]): ReadonlyMap<string, Money> {
  return sumByListing(
    entries.flatMap((entry) => {
      if (entry.type === 'account-baseline') return entry.holdings;
      return entry.type === 'holding-found' && entry.kind === 'foreign' ? [entry] : [];
    }),
  );
}

/** Dollars of each security that a person said are gone. */
function goneHoldings(entries: readonly LedgerEntry[]): ReadonlyMap<string, Money> {
  return sumByListing(
    entries.filter((entry) => entry.type === 'holding-found').filter(({ kind }) => kind === 'gone'),
  );
}

function sumByListing(
  holdings: readonly { readonly listingId: string; readonly held: string }[],
): ReadonlyMap<string, Money> {
  const sums = new Map<string, Money>();
  for (const { listingId, held } of holdings) {
    sums.set(listingId, (sums.get(listingId) ?? zeroMoney).plus(parseLedgerMoney(held)));
  }
  return sums;
}

/** Which order of a security bought what nobody knew of: an open one, else the latest; none on paper. */
function likeliest(orders: readonly LedgerOrder[]): LedgerOrder | undefined {
  return (
    orders.findLast(isUnsettled) ?? orders.findLast(({ result }) => result?.source !== 'paper')
  );
}

function foundOrder(
  order: LedgerOrder,
  surplus: Money,
  placed: readonly PlacedOrder[],
): FoundOrder {
  const filled = filledMoney([order]).plus(surplus);
  const shown = outcomeOfFill(parseLedgerMoney(order.intent.amount), filled);
  // The rest of an open order may still come: it stays reserved.
  const outcome = shown === 'partly-filled' && isUnsettled(order) ? 'unknown' : shown;
  const venueOrderId = placed.length === 1 ? (placed[0]?.venueOrderId ?? null) : null;
  return { order, outcome, filled, venueOrderId };
}

/** One line for people for each difference. */
export function describeReconciliation(found: Reconciliation): readonly string[] {
  const amount = ({ listingId, amount: dollars }: ListingAmount): string =>
    `${formatMoney(dollars)} dollars of ${listingId}`;
  return [
    ...found.found.map(
      ({ order, filled }) =>
        `found: order ${order.intent.orderId} bought ${formatMoney(filled)} dollars of ${order.intent.listingId}`,
    ),
    ...found.absent.map(
      ({ intent }) =>
        `open: order ${intent.orderId} for ${intent.amount} dollars of ${intent.listingId} is not in the account`,
    ),
    ...found.foreign.map(
      (each) => `foreign: the account holds ${amount(each)} that nobody here ordered`,
    ),
    ...found.missing.map(
      (each) => `missing: the account does not hold ${amount(each)} that was bought`,
    ),
  ];
}
