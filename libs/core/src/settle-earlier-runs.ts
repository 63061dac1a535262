import { formatMoney, orderResultEntry, type LedgerEntry } from './domain/index.ts';
import { filledMoney, isUnsettled, type LedgerRun } from './ledger/index.ts';
import { settleOrders } from './orders/index.ts';
import type { RunSettings } from './pipeline-parts.ts';

/**
 * Puts right what earlier runs left open, before anything is bought: orders without a known result are
 * looked up at the venue. Other slots' runs without an end are ended as `partial`; one that had ended
 * ends anew with what it is now known to have spent.
 *
 * @throws What the venue throws where it cannot be read: nothing may be bought then.
 */
export async function settleEarlierRuns(
  args: Pick<RunSettings, 'venue' | 'settleAfterSeconds' | 'now' | 'sleep'> & {
    readonly runId: string;
    readonly runs: readonly LedgerRun[];
    readonly record: (...entries: readonly LedgerEntry[]) => Promise<void>;
  },
): Promise<void> {
  const open = args.runs.flatMap((run) => run.orders.filter(isUnsettled));
  const onPaper = open.filter((order) => order.intent.mode === 'paper');
  const sent = open.filter((order) => order.intent.mode === 'live');
  const settled = [
    // Never sent to anybody.
    ...onPaper.map(({ intent }) =>
      orderResultEntry(intent, { outcome: 'refused' }, { at: args.now(), source: 'paper' }),
    ),
    ...(await settleOrders({ ...args, orders: sent.map((order) => order.intent) })),
  ];
  if (settled.length > 0) await args.record(...settled);

  const results = new Map(settled.map((result) => [result.orderId, result]));
  for (const run of args.runs) {
    const { finished } = run;
    const isResumed = finished === null && run.started.runId === args.runId;
    const hasNews = run.orders.some((order) => results.has(order.intent.orderId));
    if (isResumed || (finished !== null && !hasNews)) continue;
    const orders = run.orders.map((order) => ({
      intent: order.intent,
      result: results.get(order.intent.orderId) ?? order.result,
    }));
    await args.record({
      type: 'run-finished',
      at: args.now().toISOString(),
      runId: run.started.runId,
      status: finished?.status ?? 'partial',
      spent: formatMoney(filledMoney(orders)),
      errorCode: finished === null ? 'RUN_INTERRUPTED' : finished.errorCode,
    });
  }
}
