import { formatDecisionsCsv } from './decide/index.ts';
import {
  asMispricedError,
  formatMoney,
  sumMoney,
  zeroMoney,
  parseLedgerMoney,
  type ErrorCode,
  type MispricedError,
  type Money,
  type RunStatus,
  type RunSummary,
} from './domain/index.ts';
import { committedMoney, isUnsettled, type LedgerOrder } from './ledger/index.ts';
import type { LedgerBook } from './ledger-book.ts';
import { orderUnknown } from './orders/index.ts';
import { renderReport } from './report/index.ts';
import { reportInputOf } from './report-input-of.ts';
import type { RunSettings } from './pipeline-parts.ts';
import type { RunTrace } from './run-trace.ts';

/** Which run is summed up. */
export interface RunIdentity {
  readonly runId: string;
  readonly settings: RunSettings;
  /** Where the ledger is, for people. */
  readonly ledger: string;
}

/**
 * The last stage: archives the decisions and the report, ends the run in the ledger and sums it up.
 * Trading is over by now, so a failure here is told in the summary and changes no outcome.
 */
export async function recordRun(
  run: RunIdentity & {
    readonly trace: RunTrace;
    readonly error: MispricedError | null;
    readonly book: LedgerBook;
    /** When a line is written. */
    readonly at: () => Date;
  },
): Promise<RunSummary> {
  const { runId, trace } = run;
  const orders = ownOrders(run.book, runId);
  const { stopped } = trace;
  const stoppedBy = stopped === null || stopped.kind === 'kill-switch' ? null : stopped.error;
  const open = orders.filter(isUnsettled);
  // That a market broke its word a person must hear, whatever else went wrong.
  const error =
    (stopped?.kind === 'halt' ? stoppedBy : null) ??
    run.error ??
    stoppedBy ??
    (open.length === 0 ? null : orderUnknown(open.map(intentOf)));
  const filled = orders.map((order) => mostToldOf(order, run.book));
  const spent = sumMoney(filled);
  let summary: RunSummary = {
    ...emptySummary(run),
    status: statusOf(trace, error, { orders, spent }),
    listed: trace.listed,
    dropped: countByReason(trace),
    matched: trace.matched,
    scored: trace.scored,
    decided: trace.decisions.filter((decision) => decision.decision === 'buy').length,
    bought: filled.filter((amount) => amount.greaterThan(0)).length,
    cashBefore: trace.cashBefore === null ? null : formatMoney(trace.cashBefore),
    spent: formatMoney(spent),
    model: trace.manifest && { name: trace.manifest.name, version: trace.manifest.version },
    error: error?.toJSON() ?? null,
  };
  try {
    summary = await archive({ ...run, summary });
  } catch (error) {
    summary = { ...summary, error: summary.error ?? asMispricedError(error).toJSON() };
  }
  try {
    await run.book.record({
      type: 'run-finished',
      at: run.at().toISOString(),
      runId,
      status: summary.status,
      spent: summary.spent,
      errorCode: summary.error?.code ?? null,
    });
  } catch (error) {
    summary = {
      ...summary,
      status: unrecorded[summary.status] ?? summary.status,
      error: summary.error ?? asMispricedError(error).toJSON(),
    };
  }
  return summary;
}

/** What becomes of a good end that was not written down: the next run ends the run anew. */
const unrecorded: Partial<Readonly<Record<RunStatus, RunStatus>>> = {
  traded: 'partial',
  nothing: 'failed',
  skipped: 'failed',
};

/** What an account shows that a person must look at before anything else is bought. */
const halts: ReadonlySet<ErrorCode> = new Set(['ACCOUNT_SHORT', 'VENUE_LATE', 'VENUE_OVERFILLED']);

/** Failures that may pass by themselves. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'RUN_LEASE_LOST',
  'STORE_CONFLICT',
  'STORE_UNAVAILABLE',
  'VENUE_UNREACHABLE',
]);

/** True where the same slot may be tried again: nothing was meant to be ordered, and it may help. */
export function mayRunAgain(summary: RunSummary): boolean {
  const { status, decided, error } = summary;
  return status === 'failed' && decided === 0 && error !== null && passing.has(error.code);
}

/** A run that did not begin: its slot is taken, or the ledger could not be had. */
export function unstartedSummary(run: RunIdentity, why: string | MispricedError): RunSummary {
  if (typeof why !== 'string') {
    const status = halts.has(why.code) ? 'halted' : 'failed';
    return { ...emptySummary(run), status, error: why.toJSON() };
  }
  run.settings.onProgress(`skipped: ${why}`);
  return { ...emptySummary(run), status: 'skipped' };
}

async function archive(
  run: RunIdentity & {
    readonly trace: RunTrace;
    readonly book: LedgerBook;
    readonly at: () => Date;
    readonly summary: RunSummary;
  },
): Promise<RunSummary> {
  const { runId, settings, trace } = run;
  const store = settings.archive;
  const summary: RunSummary = {
    ...run.summary,
    decisions: store.locate(runId, 'decisions.csv'),
    report: store.locate(runId, 'report.html'),
  };
  await store.write(runId, 'decisions.csv', formatDecisionsCsv(trace.decisions));
  await store.write(runId, 'report.html', renderReport(reportInputOf({ ...run, summary })));
  await store.write(runId, 'summary.json', `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

function statusOf(
  trace: RunTrace,
  error: MispricedError | null,
  { orders, spent }: { readonly orders: readonly LedgerOrder[]; readonly spent: Money },
): RunStatus {
  const stopped = trace.stopped?.kind;
  const hasNothingToDo = error?.code === 'LISTING_EMPTY' || error?.code === 'VENUE_CLOSED';
  if (hasNothingToDo && orders.length === 0) return 'nothing';
  if (error?.code === 'RUN_LATE' && orders.length === 0) return 'skipped';
  if ((error !== null && halts.has(error.code)) || stopped === 'halt') return 'halted';
  const wasBought =
    spent.greaterThan(0) || orders.some((order) => committedMoney(order).greaterThan(0));
  if (stopped === 'kill-switch') return 'halted';
  if (error !== null) return wasBought ? 'partial' : 'failed';
  if (trace.halted) return 'halted';
  return wasBought ? 'traded' : 'nothing';
}

function ownOrders(book: LedgerBook, runId: string): readonly LedgerOrder[] {
  return book.runs().find((run) => run.started.runId === runId)?.orders ?? [];
}

/** Dollars: the most that the ledger has, or that was learned of an order and could not be written down. */
function mostToldOf({ intent: { orderId }, result }: LedgerOrder, book: LedgerBook): Money {
  const unwritten = book.unwritten().filter((draft) => draft.type === 'order-result');
  const told = [result, ...unwritten.filter((draft) => draft.orderId === orderId)];
  return told
    .map((each) => (each === null ? zeroMoney : parseLedgerMoney(each.filled)))
    .reduce((most, each) => (each.greaterThan(most) ? each : most), zeroMoney);
}

function intentOf({ intent }: LedgerOrder): LedgerOrder['intent'] {
  return intent;
}

function countByReason(trace: RunTrace): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { reason } of trace.dropped) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

function emptySummary({ runId, settings, ledger }: RunIdentity): RunSummary {
  return {
    status: 'skipped',
    runId,
    slot: settings.slot.toISOString(),
    stage: settings.stage,
    mode: settings.mode,
    listed: 0,
    dropped: {},
    matched: 0,
    scored: 0,
    decided: 0,
    bought: 0,
    cashBefore: null,
    spent: '0.00',
    model: null,
    ledger,
    report: null,
    decisions: null,
    error: null,
  };
}
