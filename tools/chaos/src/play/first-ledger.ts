import { createHash } from 'node:crypto';
import type { EarlierOrder, HistoryPlan } from '../history/history-plan.ts';

const day = 86_400_000;

/** What was bought under version 0.1.0, as the market has it. */
export function earlierPurchases({
  firstLedger,
}: HistoryPlan): readonly { readonly loanId: number; readonly requestedAmount: number }[] {
  return (firstLedger?.orders ?? [])
    .filter(({ end }) => end === 'filled' || end === 'lost')
    .map(({ loanId, dollars }) => ({ loanId, requestedAmount: boughtOf(dollars) }));
}

/** The market sells whole notes of 25 dollars. */
function boughtOf(dollars: number): number {
  return Math.ceil(dollars / 25) * 25;
}

/** The file that version 0.1.0 left behind, as it wrote them: by strategy, and without hashes. */
export function firstLedgerFile({
  firstLedger,
  startsAt,
}: HistoryPlan): { readonly path: string; readonly text: string } | null {
  if (firstLedger === null) return null;
  const { strategy, orders } = firstLedger;
  const slot = new Date(Date.parse(startsAt) - day);
  const at = slot.toISOString();
  const runId = `${strategy}-${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const lines = [
    { type: 'run-started', at, runId, slot: at, stage: 'prod', mode: 'live' },
    ...orders.flatMap((order) => orderLines(order, { at, runId })),
    ...(orders.some(isOpen) ? [] : [finished(orders, { at, runId })]),
  ];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return { path: `${strategy}/${at.slice(0, 7)}.jsonl`, text };
}

function orderLines(order: EarlierOrder, base: { at: string; runId: string }): readonly object[] {
  const { loanId, dollars, end } = order;
  const listingId = String(loanId);
  const hex = createHash('sha256').update(`${base.runId} ${listingId}`).digest('hex');
  const orderId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');
  const amount = `${dollars}.00`;
  const named = { ...base, orderId, listingId };
  const intended = {
    ...named,
    type: 'order-intended',
    venue: 'lendingclub',
    group: loanId % 2 === 1 ? '36' : '60',
    side: 'buy',
    amount,
    mode: 'live',
  };
  if (isOpen(order)) return [intended];
  return [
    intended,
    {
      ...named,
      type: 'order-result',
      outcome: end === 'filled' && boughtOf(dollars) > dollars ? 'rounded' : end,
      filled: end === 'filled' ? `${boughtOf(dollars)}.00` : '0.00',
      venueOrderId: null,
      venueStatuses: [],
      source: 'answer',
    },
  ];
}

function isOpen({ end }: EarlierOrder): boolean {
  return end === 'lost' || end === 'never-sent';
}

function finished(
  orders: readonly EarlierOrder[],
  base: { at: string; runId: string },
): Record<string, unknown> {
  const filled = orders.filter(({ end }) => end === 'filled');
  const spent = filled.reduce((sum, { dollars }) => sum + boughtOf(dollars), 0);
  return {
    ...base,
    type: 'run-finished',
    status: spent > 0 ? 'traded' : 'nothing',
    spent: `${spent}.00`,
    errorCode: null,
  };
}
