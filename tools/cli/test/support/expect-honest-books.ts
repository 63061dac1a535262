import { formatMoney, orderIdFor, parseMoney, sumMoney, type RunSummary } from '@mispriced/core';
import { expect } from 'vitest';
import { readDecisions, readLedger, readOnlyRun } from './run-once.ts';
import type { MarketLog } from './test-market.ts';

interface OrderRequest {
  readonly orders: readonly { readonly loanId: number; readonly requestedAmount: number }[];
}

const totalOf = (amounts: readonly (string | number)[]): string =>
  formatMoney(sumMoney(amounts.map((amount) => parseMoney(amount))));

/**
 * Checks that a folder's only run, its ledger, its decisions and, where given, the market's own log
 * tell the same story: each buy was intended once, sent once, and booked for what was filled.
 */
export async function expectHonestBooks(args: {
  summary: RunSummary;
  outFolder: string;
  log?: MarketLog;
}): Promise<void> {
  const { summary } = args;
  const { started, finished, orders } = await readOnlyRun(summary);
  const entries = await readLedger(summary);
  expect(entries.slice(0, 2).map(({ type }) => type)).toEqual(['lease-taken', 'run-started']);
  expect([entries[1], entries.at(-1)]).toEqual([started, finished]);
  expect(started).toMatchObject({ runId: summary.runId, slot: summary.slot, mode: summary.mode });

  const buys = (await readDecisions(args.outFolder)).filter(({ decision }) => decision === 'buy');
  expect(buys).toHaveLength(summary.decided);
  const sent = buys.slice(0, orders.length);
  expect(orders.map(({ intent }) => [intent.listingId, intent.amount])).toEqual(
    sent.map(({ id, amount }) => [id, formatMoney(amount)]),
  );
  for (const { intent, result } of orders) {
    const { venue, account, listingId, side } = intent;
    const slot = new Date(summary.slot);
    expect(intent.orderId).toBe(orderIdFor({ venue, account, slot, listingId, side }));
    expect(result).not.toBeNull();
  }

  const fills = orders.map(({ result }) => result?.filled ?? 'none');
  expect(totalOf(fills)).toBe(summary.spent);
  expect(fills.filter((fill) => fill !== '0.00')).toHaveLength(summary.bought);
  expect(finished).toMatchObject({
    status: summary.status,
    spent: summary.spent,
    errorCode: summary.error?.code ?? null,
  });

  if (args.log === undefined) return;
  const asked = args.log.requests.flatMap(({ request }) => (request as OrderRequest).orders);
  const askedIds = asked.map(({ loanId }) => loanId);
  expect(new Set(askedIds).size).toBe(askedIds.length);
  const intended = new Map(orders.map(({ intent }) => [intent.listingId, intent.amount]));
  for (const { loanId, requestedAmount } of asked) {
    expect(totalOf([requestedAmount])).toBe(intended.get(String(loanId)));
  }
  const filled = orders.flatMap(({ intent, result }) =>
    result === null || result.filled === '0.00' ? [] : [[intent.listingId, result.filled] as const],
  );
  const taken = args.log.orders.map(
    ({ loanId, investedAmount }) => [String(loanId), totalOf([investedAmount])] as const,
  );
  expect(new Map(filled)).toEqual(new Map(taken));
  expect(taken).toHaveLength(filled.length);
}
