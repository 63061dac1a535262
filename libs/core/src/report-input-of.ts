import {
  parseMoney,
  type OrderIntent,
  type OrderResult,
  type OrderResultEntry,
  type RunSummary,
} from './domain/index.ts';
import type { LedgerRun } from './ledger/index.ts';
import type { RunSettings } from './pipeline-parts.ts';
import type { ReportInput, ReportOrder } from './report/index.ts';
import type { RunTrace } from './run-trace.ts';

/** What the report of a run shows, out of what the run learned and what the ledger held before. */
export function reportInputOf(run: {
  readonly summary: RunSummary;
  readonly settings: RunSettings;
  readonly trace: RunTrace;
  readonly history: readonly LedgerRun[];
}): ReportInput {
  const { summary, settings, trace } = run;
  return {
    summary,
    market: {
      name: settings.venue.name,
      simulated: settings.simulatedMarket,
      asOf: trace.asOf,
    },
    writtenAt: settings.now().toISOString(),
    threshold: settings.threshold,
    limits: settings.limits,
    killSwitch: trace.halted || trace.stopped?.kind === 'kill-switch',
    manifest: trace.manifest,
    decisions: trace.decisions,
    dropped: trace.dropped,
    orders: [...earlierOrders(run.history, summary.runId), ...ordersOf(trace)],
    notes: trace.warnings,
    problems: [],
  };
}

/** Orders that this run sent before it was interrupted. */
function earlierOrders(history: readonly LedgerRun[], runId: string): readonly ReportOrder[] {
  const run = history.find((candidate) => candidate.started.runId === runId);
  return (run?.orders ?? []).map(({ intent, result }) => ({
    intent: { ...intent, amount: parseMoney(intent.amount) },
    result: result === null ? null : resultOf(result),
  }));
}

function ordersOf(trace: RunTrace): readonly ReportOrder[] {
  const results = new Map(trace.results.map((result) => [result.orderId, result]));
  return trace.intents.map((intent: OrderIntent) => {
    const result = results.get(intent.orderId);
    return { intent, result: result === undefined ? null : resultOf(result) };
  });
}

function resultOf(entry: OrderResultEntry): OrderResult {
  return { ...entry, filled: parseMoney(entry.filled) };
}
