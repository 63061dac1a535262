import type { Decision } from '../domain/decision.ts';
import { formatMoney } from '../domain/money.ts';
import { csvColumns } from './csv-columns.ts';

/**
 * Decisions as `decisions.csv`: one line each in the order given, under a header, each line ended by
 * a line feed. Numbers are written by their shortest text that reads back to the same double; what
 * is not known is blank; dollars have two decimals. A text with a comma, a quote or a line break is
 * quoted (RFC 4180) and nothing else is changed, so that an id is still the venue's id.
 */
export function formatDecisionsCsv(decisions: readonly Decision[]): string {
  return [csvColumns, ...decisions.map(cells)].map((line) => `${line.join(',')}\n`).join('');
}

function cells(row: Decision): readonly string[] {
  return [
    quoted(row.id),
    numeral(row.price),
    quoted(row.group ?? ''),
    numeral(row.r),
    numeral(row.q),
    numeral(row.edge),
    row.decision,
    formatMoney(row.amount),
    row.reason,
  ];
}

function numeral(value: number | null): string {
  return value === null || !Number.isFinite(value) ? '' : String(value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
