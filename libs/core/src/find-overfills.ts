import { parseLedgerMoney } from './domain/index.ts';
import { filledMoney, type LedgerRun } from './ledger/index.ts';
import type { Overfill } from './orders/index.ts';

/** The orders of some runs that were filled for more than was reserved for them. */
export function findOverfills(runs: readonly LedgerRun[]): readonly Overfill[] {
  return runs
    .flatMap(({ orders }) => orders)
    .filter((order) => filledMoney([order]).greaterThan(parseLedgerMoney(order.intent.reserved)))
    .map((order) => ({
      orderId: order.intent.orderId,
      listingId: order.intent.listingId,
      ordered: parseLedgerMoney(order.intent.amount),
      filled: filledMoney([order]),
    }));
}
