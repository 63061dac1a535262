import type { Decision, RunSummary } from '@mispriced/core';
import { decisionsTable } from './decisions-table.ts';

/** A run as a person reads it: some decisions, what it came to, where everything is, what next. */
export function runText(args: {
  summary: RunSummary;
  decisions: readonly Decision[];
  nextSteps: readonly string[];
}): string {
  const { summary, decisions, nextSteps } = args;
  const parts: string[] = [];
  if (decisions.length > 0) {
    parts.push(decisionsTable(decisions, { buys: 10, skips: 8 }));
    const buys = decisions.filter((decision) => decision.decision === 'buy').length;
    parts.push(
      `${decisions.length} decisions, ${buys} of them to buy; price in percent, r and q are probabilities of a loss, edge is q - r.`,
    );
  }
  parts.push(facts(summary));
  if (summary.error !== null) {
    parts.push(
      `${summary.error.code}: ${summary.error.message}\n  What to do: ${summary.error.fix}`,
    );
  }
  if (nextSteps.length > 0) {
    parts.push(['Next:', ...nextSteps.map((step) => `  ${step}`)].join('\n'));
  }
  return `\n${parts.join('\n\n')}`;
}

function facts(summary: RunSummary): string {
  const dropped = Object.entries(summary.dropped).map(([reason, count]) => `${count} ${reason}`);
  const rows: readonly (readonly [string, string | null])[] = [
    ['run', `${summary.runId} (${summary.stage}, ${summary.mode})`],
    ['status', summary.status],
    [
      'listings',
      `${summary.listed} listed, ${summary.matched} joined with own data, ${summary.scored} scored`,
    ],
    ['dropped', dropped.length === 0 ? null : dropped.join(', ')],
    ['bought', `${summary.bought} of ${summary.decided} decided, for ${summary.spent} dollars`],
    ['cash before', summary.cashBefore === null ? null : `${summary.cashBefore} dollars`],
    ['model', summary.model && `${summary.model.name} ${summary.model.version}`],
    ['report', summary.report],
    ['decisions', summary.decisions],
    ['ledger', summary.ledger],
  ];
  const shown = rows.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}
