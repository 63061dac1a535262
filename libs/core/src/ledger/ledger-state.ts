import {
  MispricedError,
  orderResultEntry,
  outcomeOfFill,
  parseLedgerMoney,
  replayVenueName,
  sumMoney,
  zeroMoney,
  type LedgerEntry,
  type Money,
  type OrderIntendedEntry,
  type OrderResultDraft,
  type OrderResultEntry,
  type RunFinishedEntry,
  type RunStartedEntry,
  type TradingMode,
} from '../domain/index.ts';
import { findTransition, type OrderState } from './order-transitions.ts';

/** An order as the ledger knows it: what was meant, and the latest that is known of its end. */
export interface LedgerOrder {
  readonly intent: OrderIntendedEntry;
  /** Null where the run stopped between writing the intent and learning the result. */
  readonly result: OrderResultEntry | null;
  /** When its attempt was seen to end, by the process that sent it; null where nobody saw it. */
  readonly attemptEndedAt: Date | null;
  /** When the account was read and did not show it, since the latest result. */
  readonly absentAt: readonly Date[];
}

/** A run as the ledger knows it. */
export interface LedgerRun {
  readonly started: RunStartedEntry;
  readonly finished: RunFinishedEntry | null;
  readonly orders: readonly LedgerOrder[];
}

type Growing<Value> = { -readonly [Key in keyof Value]: Value[Key] };

interface GrowingOrder extends Omit<Growing<LedgerOrder>, 'absentAt'> {
  absentAt: Date[];
}

interface GrowingRun extends Omit<Growing<LedgerRun>, 'orders'> {
  readonly orders: Map<string, GrowingOrder>;
}

/**
 * The runs of a ledger in the order they began. A run that was resumed is one run.
 *
 * @throws MispricedError `LEDGER_CORRUPT` for a line whose run or order is not there, an order that is
 * meant twice, and a result that no order can have had.
 */
export function readRuns(entries: readonly LedgerEntry[]): readonly LedgerRun[] {
  const runs = new Map<string, GrowingRun>();
  for (const entry of entries) {
    const problem = addEntry(runs, entry);
    if (problem !== null) throw ledgerInconsistent(entry, problem);
  }
  return [...runs.values()].map((run) => ({ ...run, orders: [...run.orders.values()] }));
}

/** What is wrong with a line, or null once it is taken in. */
function addEntry(runs: Map<string, GrowingRun>, entry: LedgerEntry): string | null {
  const run = runs.get(entry.runId);
  switch (entry.type) {
    case 'lease-taken':
    case 'account-baseline':
    case 'holding-found':
      return null;
    case 'run-started':
      if (run === undefined) {
        runs.set(entry.runId, { started: entry, finished: null, orders: new Map() });
      } else {
        run.finished = null;
      }
      return null;
    case 'run-finished':
      if (run === undefined) return 'its run never began';
      run.finished = entry;
      return null;
    case 'order-intended':
      if (run === undefined) return 'its run never began';
      if (run.orders.has(entry.orderId)) return 'the order was meant before';
      run.orders.set(entry.orderId, {
        intent: entry,
        result: null,
        attemptEndedAt: null,
        absentAt: [],
      });
      return null;
    case 'order-result':
    case 'order-absent': {
      const order = run?.orders.get(entry.orderId);
      if (order === undefined) return 'the order was never meant';
      return addToOrder(order, entry);
    }
  }
}

function addToOrder(
  order: GrowingOrder,
  entry: Extract<LedgerEntry, { type: 'order-result' | 'order-absent' }>,
): string | null {
  if (entry.type === 'order-absent') {
    order.absentAt.push(new Date(entry.at));
    return null;
  }
  const from = stateOf(order);
  if (findTransition(from, entry) === null) {
    return `an order that is ${from} cannot become ${entry.outcome} by ${entry.source}`;
  }
  order.result = entry;
  order.absentAt = [];
  if (entry.attemptEnded) order.attemptEndedAt ??= new Date(entry.at);
  return null;
}

function ledgerInconsistent(entry: LedgerEntry, problem: string): MispricedError {
  const order = 'orderId' in entry ? `, order ${entry.orderId}` : '';
  return new MispricedError({
    code: 'LEDGER_CORRUPT',
    message: `The ledger's line of ${entry.at} (${entry.type} of ${entry.runId}${order}) does not fit: ${problem}.`,
    fix: 'No further order was sent. Run `npx mispriced ledger verify`, and compare the ledger with the account at the venue.',
  });
}

/** Where an order is. */
export function stateOf(order: Pick<LedgerOrder, 'result'>): OrderState {
  return order.result?.outcome ?? 'intended';
}

/** True while nobody knows whether the order bought something. */
export function isUnsettled(order: LedgerOrder): boolean {
  return order.result === null || order.result.outcome === 'unknown';
}

/** Dollars that an order has used of the limits: what it bought, or the most it may have while nobody knows. */
export function committedMoney(order: LedgerOrder): Money {
  const filled = filledMoney([order]);
  if (!isUnsettled(order)) return filled;
  const reserved = parseLedgerMoney(order.intent.reserved);
  return filled.greaterThan(reserved) ? filled : reserved;
}

/**
 * The line that ends an open order of which nothing more shows: with what it has bought so far, or as
 * refused.
 */
export function endingOf(
  order: LedgerOrder,
  written: { at: Date; source: OrderResultEntry['source'] },
): OrderResultDraft {
  const { intent, result, attemptEndedAt } = order;
  const filled = filledMoney([order]);
  const outcome = outcomeOfFill(parseLedgerMoney(intent.amount), filled);
  const known = { outcome, filled, venueOrderId: result?.venueOrderId ?? null };
  return orderResultEntry(intent, known, { ...written, attemptEnded: attemptEndedAt !== null });
}

/** Dollars that some orders bought, as far as is known. */
export function filledMoney(orders: readonly LedgerOrder[]): Money {
  return sumMoney(
    orders.map(({ result }) => (result === null ? zeroMoney : parseLedgerMoney(result.filled))),
  );
}

/** Dollars a run has used of its limits, by group: what a resumed run must count as spent. */
export function spentByGroup(
  runs: readonly LedgerRun[],
  runId: string,
): ReadonlyMap<string, Money> {
  const spent = new Map<string, Money>();
  for (const run of runs) {
    if (run.started.runId !== runId) continue;
    for (const order of run.orders) {
      const { group } = order.intent;
      spent.set(group, (spent.get(group) ?? zeroMoney).plus(committedMoney(order)));
    }
  }
  return spent;
}

/**
 * Dollars used by the runs of the same UTC day, and month, as a slot. Of a replay its own alone count: it
 * begins where its archive was made.
 */
export function spentAround(
  runs: readonly LedgerRun[],
  slot: Date,
): { readonly day: Money; readonly month: Money } {
  const text = slot.toISOString();
  const spentIn = (period: string): Money =>
    sumMoney(
      runs
        .map(({ started, orders }) => ({ of: new Date(started.slot).toISOString(), orders }))
        .filter(({ of }) => of.startsWith(period))
        .flatMap(({ of, orders }) =>
          orders.filter(({ intent }) => of === text || intent.venue !== replayVenueName),
        )
        .map(committedMoney),
    );
  return { day: spentIn(text.slice(0, 10)), month: spentIn(text.slice(0, 7)) };
}

/**
 * Securities not to order again: what the ledger says was bought in this mode, and whatever this
 * same run has ordered before, even where the venue refused it. A replay begins where its archive
 * was made, so what another replay bought on paper is not held.
 */
export function heldListings(
  runs: readonly LedgerRun[],
  current: { mode: TradingMode; runId: string },
): ReadonlySet<string> {
  const held = new Set<string>();
  for (const run of runs) {
    for (const order of run.orders) {
      const sameRun = run.started.runId === current.runId;
      const { intent } = order;
      const isReal = intent.mode === current.mode && intent.venue !== replayVenueName;
      const bought = isReal && committedMoney(order).greaterThan(0);
      if (sameRun || bought) held.add(intent.listingId);
    }
  }
  return held;
}

/** Securities with an order of which nobody knows whether it bought something. */
export function unsettledListings(runs: readonly LedgerRun[]): ReadonlySet<string> {
  const open = runs.flatMap(({ orders }) => orders.filter(isUnsettled));
  return new Set(open.map(({ intent }) => intent.listingId));
}
