import { formatCountOf, formatDollars } from './format-values.ts';
import type { ReportInput } from './report-input.ts';

/** The whole run in one or two sentences: what a reader in a hurry must not misunderstand. */
export function headline(input: ReportInput): string {
  const { summary } = input;
  const paper = summary.mode === 'paper' ? ' on paper' : '';
  const securities = formatCountOf(summary.bought, 'security', 'securities');
  const purchase = `Bought ${securities} for ${formatDollars(summary.spent)}${paper}`;
  const isOpen = input.orders.some(({ result }) => (result?.outcome ?? 'unknown') === 'unknown');
  const none = isOpen ? 'No purchase is certain.' : 'Nothing was bought.';
  const soFar = summary.bought > 0 ? `${purchase}.` : none;
  switch (summary.status) {
    case 'traded':
      return `${purchase}.`;
    case 'nothing':
      return summary.decided > 0
        ? `Nothing was bought: none of ${formatCountOf(summary.decided, 'order', 'orders')} was filled.`
        : 'Nothing was bought: no order was due.';
    case 'skipped':
      return 'Nothing was done: this slot had been run before, or its time had passed.';
    case 'partial':
      return `${soFar} Some orders were not sent, or it is not known whether they were filled.`;
    case 'halted':
      return `${soFar} ${haltedBecause(input)}`;
    case 'failed':
      return `The run failed. ${soFar}`;
  }
}

function haltedBecause({ killSwitch, decisions }: ReportInput): string {
  if (!killSwitch) return 'The run halted before it ordered anything more.';
  const wanted = decisions.filter(({ reason }) => reason === 'kill-switch').length;
  if (wanted === 0) return 'The kill switch is on.';
  const securities = formatCountOf(wanted, 'security', 'securities');
  return `The kill switch is on: without it ${securities} would have been ordered.`;
}
