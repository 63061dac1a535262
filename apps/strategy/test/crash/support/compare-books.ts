import { isUnsettled, readRuns, type LedgerEntry } from '@mispriced/core';
import { limits } from './crafted-market.ts';

/** An order as the market itself remembers it. */
export interface MarketOrder {
  readonly orderInstructId: number;
  readonly loanId: number;
  readonly investedAmount: number;
}

/** Listings of orders of which the ledger does not know what became of them. */
export function openOrders(entries: readonly LedgerEntry[]): readonly string[] {
  const orders = readRuns(entries).flatMap((run) => run.orders);
  return orders.filter(isUnsettled).map(({ intent }) => intent.listingId);
}

/** What the market filled, by its own account. */
export async function marketOrders(marketUrl: string): Promise<readonly MarketOrder[]> {
  const answer = await fetch(`${marketUrl}/_control/orders`);
  return ((await answer.json()) as { orders: readonly MarketOrder[] }).orders;
}

/**
 * Everything by which market and ledger disagree, or by which a limit was exceeded; empty when the
 * books are right.
 *
 * @param openRuns Runs that may still be without an end.
 */
export function compareBooks(args: {
  filled: readonly MarketOrder[];
  entries: readonly LedgerEntry[];
  openRuns?: readonly string[];
  /** Listings whose orders may still be open. */
  open?: readonly string[];
}): readonly string[] {
  const { filled, entries, openRuns = [], open = [] } = args;
  const problems: string[] = [];
  const runs = readRuns(entries);
  const orders = runs.flatMap((run) => run.orders);

  for (const { started, finished, orders: ordered } of runs) {
    if (finished === null && !openRuns.includes(started.runId)) {
      problems.push(`${started.runId} has no end`);
    }
    const spent = sum(ordered.map(({ result }) => Number(result?.filled ?? 0)));
    if (spent > limits.perRun) problems.push(`${started.runId} spent ${spent}`);
    if (finished !== null && Number(finished.spent) !== spent) {
      problems.push(`${started.runId} says it spent ${finished.spent} of ${spent}`);
    }
  }
  for (const { intent, result } of orders) {
    if (openRuns.includes(intent.runId) || open.includes(intent.listingId)) continue;
    if (result === null || result.outcome === 'unknown') {
      problems.push(`nobody knows what became of the order for ${intent.listingId}`);
    }
  }
  const bought = orders.filter(({ result }) => Number(result?.filled ?? 0) > 0);
  for (const { intent } of bought) {
    if (!filled.some(({ loanId }) => String(loanId) === intent.listingId)) {
      problems.push(`the ledger has ${intent.listingId}, the market has not`);
    }
  }
  for (const order of filled) {
    const { loanId, orderInstructId, investedAmount } = order;
    const id = String(loanId);
    if (filled.some((other) => other !== order && other.loanId === loanId)) {
      problems.push(`${id} was bought twice`);
    }
    if (investedAmount > limits.perOrder) problems.push(`${id} was bought for ${investedAmount}`);
    const booked = bought.filter(({ intent }) => intent.listingId === id);
    const [entry] = booked;
    if (entry === undefined || booked.length > 1) {
      problems.push(`${id} stands in the ledger ${booked.length} times`);
      continue;
    }
    if (Number(entry.result?.filled) !== investedAmount) {
      problems.push(`${id} was bought for ${investedAmount}, not ${entry.result?.filled ?? '?'}`);
    }
    if (entry.result?.venueOrderId !== String(orderInstructId)) {
      problems.push(`${id} has another order number at the market`);
    }
  }
  const total = sum(filled.map((order) => order.investedAmount));
  if (total > limits.cash) problems.push(`${total} dollars were spent of ${limits.cash}`);
  return problems;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
