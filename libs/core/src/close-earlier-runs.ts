import { formatMoney, orderResultEntry, type LedgerDraft, type RunStatus } from './domain/index.ts';
import { filledMoney, isUnsettled, type LedgerRun } from './ledger/index.ts';
import type { LedgerBook } from './ledger-book.ts';

/** Ends what runs on paper left open: nothing of it was ever sent to anybody. */
export async function closePaperOrders(book: LedgerBook, at: Date): Promise<void> {
  const open = book.runs().flatMap(({ orders }) => orders.filter(isUnsettled));
  const written = { at, source: 'paper', attemptEnded: true } as const;
  const known = { outcome: 'refused' } as const;
  await book.record(...open.map(({ intent }) => orderResultEntry(intent, known, written)));
}

/**
 * Ends the runs that did not end themselves, as `partial`; a run that had ended ends anew where it has
 * spent something else than it said.
 *
 * @param runId the run that does this, which goes on
 */
export async function closeEarlierRuns(book: LedgerBook, runId: string, at: Date): Promise<void> {
  const ends = book.runs().flatMap((run): LedgerDraft[] => {
    const { started, finished, orders } = run;
    const spent = formatMoney(filledMoney(orders));
    const isOpen = finished === null;
    if (isOpen ? started.runId === runId : finished.spent === spent) return [];
    return [
      {
        type: 'run-finished',
        at: at.toISOString(),
        runId: started.runId,
        status: statusOf(finished, orders),
        spent,
        errorCode: finished === null ? 'RUN_INTERRUPTED' : finished.errorCode,
      },
    ];
  });
  await book.record(...ends);
}

/** A run that turns out to have bought something has not failed to, nor had it nothing to do. */
function statusOf(finished: LedgerRun['finished'], orders: LedgerRun['orders']): RunStatus {
  if (finished === null) return 'partial';
  const wasBought = filledMoney(orders).greaterThan(0);
  return wasBought && ['failed', 'nothing'].includes(finished.status) ? 'partial' : finished.status;
}
