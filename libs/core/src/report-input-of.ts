import {
  parseLedgerMoney,
  type OrderIntendedEntry,
  type OrderIntent,
  type OrderResult,
  type OrderResultEntry,
  type RunSummary,
} from './domain/index.ts';
import type { LedgerBook } from './ledger-book.ts';
import type { RunSettings } from './pipeline-parts.ts';
import type { ReportInput, ReportOrder } from './report/index.ts';
import type { RunTrace } from './run-trace.ts';

/** What the report of a run shows, out of what the run learned and what the ledger holds of it. */
export function reportInputOf(run: {
  readonly summary: RunSummary;
  readonly settings: RunSettings;
  readonly trace: RunTrace;
  readonly book: LedgerBook;
  readonly at: () => Date;
}): ReportInput {
  const { summary, settings, trace } = run;
  return {
    summary,
    market: {
      name: settings.venue.name,
      simulated: settings.simulatedMarket,
      asOf: trace.asOf,
    },
    writtenAt: run.at().toISOString(),
    threshold: settings.threshold,
    limits: settings.limits,
    killSwitch: trace.halted || trace.stopped?.kind === 'kill-switch',
    manifest: trace.manifest,
    decisions: trace.decisions,
    dropped: trace.dropped,
    orders: ordersOf(run.book, summary.runId, trace.intents),
    notes: trace.warnings,
    problems: [],
  };
}

/** Orders of this run, those that it sent before it was interrupted among them; then what was not sent. */
function ordersOf(
  book: LedgerBook,
  runId: string,
  intents: readonly OrderIntent[],
): readonly ReportOrder[] {
  const run = book.runs().find((candidate) => candidate.started.runId === runId);
  const written = (run?.orders ?? []).map(({ intent, result }) => ({
    intent: intentOf(intent),
    result: result === null ? null : resultOf(result),
  }));
  const isWritten = new Set(written.map(({ intent }) => intent.orderId));
  const unsent = intents.filter(({ orderId }) => !isWritten.has(orderId));
  return [...written, ...unsent.map((intent) => ({ intent, result: null }))];
}

function intentOf(entry: OrderIntendedEntry): OrderIntent {
  const { amount, limitPrice } = entry;
  return {
    ...entry,
    amount: parseLedgerMoney(amount),
    limitPrice: limitPrice === null ? null : parseLedgerMoney(limitPrice),
  };
}

function resultOf(entry: OrderResultEntry): OrderResult {
  const { filled, fees } = entry;
  return {
    ...entry,
    filled: parseLedgerMoney(filled),
    fees: fees === null ? null : parseLedgerMoney(fees),
  };
}
