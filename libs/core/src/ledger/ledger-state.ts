import {
  parseMoney,
  replayVenueName,
  sumMoney,
  zeroMoney,
  type LedgerEntry,
  type Money,
  type OrderIntendedEntry,
  type OrderResultEntry,
  type RunFinishedEntry,
  type RunStartedEntry,
  type TradingMode,
} from '../domain/index.ts';

/** An order as the ledger knows it: what was meant, and the latest that is known of its end. */
export interface LedgerOrder {
  readonly intent: OrderIntendedEntry;
  /** Null where the run stopped between writing the intent and learning the result. */
  readonly result: OrderResultEntry | null;
}

/** A run as the ledger knows it. */
export interface LedgerRun {
  readonly started: RunStartedEntry;
  readonly finished: RunFinishedEntry | null;
  readonly orders: readonly LedgerOrder[];
}

/** The runs of a ledger in the order they began. A run that was resumed is one run. */
export function readRuns(entries: readonly LedgerEntry[]): readonly LedgerRun[] {
  const runs = new Map<
    string,
    {
      started: RunStartedEntry;
      finished: RunFinishedEntry | null;
      orders: Map<string, { intent: OrderIntendedEntry; result: OrderResultEntry | null }>;
    }
  >();
  for (const entry of entries) {
    if (entry.type === 'run-started') {
      const known = runs.get(entry.runId);
      if (known === undefined) {
        runs.set(entry.runId, { started: entry, finished: null, orders: new Map() });
      } else {
        known.finished = null;
      }
      continue;
    }
    const run = runs.get(entry.runId);
    if (run === undefined) continue;
    if (entry.type === 'order-intended') {
      run.orders.set(entry.orderId, { intent: entry, result: null });
    } else if (entry.type === 'order-result') {
      const order = run.orders.get(entry.orderId);
      if (order !== undefined) order.result = entry;
    } else {
      run.finished = entry;
    }
  }
  return [...runs.values()].map((run) => ({ ...run, orders: [...run.orders.values()] }));
}

/** True while nobody knows whether the order bought something. */
export function isUnsettled(order: LedgerOrder): boolean {
  return order.result === null || order.result.outcome === 'unknown';
}

/** Dollars that an order has used of the limits: what it bought, or all of it while nobody knows. */
export function committedMoney(order: LedgerOrder): Money {
  if (isUnsettled(order)) return parseMoney(order.intent.amount);
  return order.result === null ? zeroMoney : parseMoney(order.result.filled);
}

/** Dollars that some orders bought, as far as is known. */
export function filledMoney(orders: readonly LedgerOrder[]): Money {
  return sumMoney(
    orders.map((order) => (order.result === null ? zeroMoney : parseMoney(order.result.filled))),
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
