import { parseMoney, type Money } from '@mispriced/core';
import type { OrderRequest } from './order-request.ts';

/** An order of a request after the orders for the same loan were put together. */
export interface MergedOrder {
  readonly loanId: number;
  /** Dollars; of an order that others were merged into, the sum. */
  readonly requested: Money;
  readonly portfolioId: number | null;
  /** `augmented`: later orders were merged into it. `eliminated`: it went into an earlier one. */
  readonly merge: 'none' | 'augmented' | 'eliminated';
}

/** Puts together the orders of one request that are for the same loan: the first carries them all. */
export function mergeOrders(orders: OrderRequest['orders']): MergedOrder[] {
  const totals = new Map<number, Money>();
  const counts = new Map<number, number>();
  for (const { loanId, requestedAmount } of orders) {
    const amount = parseMoney(requestedAmount);
    totals.set(loanId, totals.get(loanId)?.plus(amount) ?? amount);
    counts.set(loanId, (counts.get(loanId) ?? 0) + 1);
  }
  const seen = new Set<number>();
  return orders.map(({ loanId, requestedAmount, portfolioId }) => {
    const first = !seen.has(loanId);
    seen.add(loanId);
    const own = parseMoney(requestedAmount);
    return {
      loanId,
      requested: first ? (totals.get(loanId) ?? own) : own,
      portfolioId: portfolioId ?? null,
      merge: counts.get(loanId) === 1 ? 'none' : first ? 'augmented' : 'eliminated',
    };
  });
}
