import { expect } from 'vitest';
import type { Rehearsal, RehearsedStack } from '../../src/index.ts';

/**
 * Sees that ledger and market tell the same, order for order: none of the ledger's is without a result
 * or missing at the market, and the market filled none that the ledger has not, or has once only.
 */
export async function expectBooksAgree(
  rehearsal: Rehearsal,
  stack: RehearsedStack,
): Promise<number> {
  const books = async () => {
    const runs = await stack.runs();
    const sold = await rehearsal.market.orders();
    return { runs, sold };
  };
  let { runs, sold } = await books();
  // Between two slots nothing is under way: what is read of both belongs together.
  for (let tries = 0; runs.some(({ finished }) => finished === null) && tries < 100; tries += 1) {
    await new Promise((done) => setTimeout(done, 200));
    ({ runs, sold } = await books());
  }
  const orders = runs.flatMap((run) => run.orders);
  expect(orders.filter(({ result }) => result === null)).toEqual([]);
  const bought = orders.flatMap(({ intent, result }) => {
    const { venueOrderId = null, filled: amount = '0' } = result ?? {};
    return venueOrderId === null ? [] : [`${venueOrderId} ${intent.listingId} ${Number(amount)}`];
  });
  const filled = sold.map(
    ({ orderInstructId, loanId, investedAmount }) =>
      `${orderInstructId} ${loanId} ${investedAmount}`,
  );
  expect(new Set(filled).size, 'the market filled one twice').toBe(filled.length);
  expect(bought.toSorted()).toEqual(filled.toSorted());
  expect(bought.length).toBeGreaterThan(0);
  return bought.length;
}
