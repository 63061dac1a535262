import { formatMoney, type Decision } from '@mispriced/core';

const columns = ['listing', 'price', 'r', 'q', 'edge', 'decision', 'amount', 'reason'] as const;

/**
 * The best decisions to buy and some that were refused, as a table for a terminal. Refusals are
 * chosen so that each reason is seen once before any is seen twice.
 */
export function decisionsTable(
  decisions: readonly Decision[],
  rows: { buys: number; skips: number },
): string {
  const buys = decisions.filter((decision) => decision.decision === 'buy');
  const skips = decisions.filter((decision) => decision.decision === 'skip');
  const shown = [...buys.slice(0, rows.buys), ...variedSkips(skips, rows.skips)];
  const cells = [columns, ...shown.map(cellsOf)];
  const widths = columns.map((_column, index) =>
    Math.max(...cells.map((row) => row[index]?.length ?? 0)),
  );
  const lines = cells.map((row) =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return index >= 1 && index <= 4 ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

function variedSkips(skips: readonly Decision[], count: number): readonly Decision[] {
  const seen = new Set<string>();
  const first = skips.filter((skip) => {
    if (seen.has(skip.reason)) return false;
    seen.add(skip.reason);
    return true;
  });
  const rest = skips.filter((skip) => !first.includes(skip));
  const chosen = new Set([...first, ...rest].slice(0, count));
  return skips.filter((skip) => chosen.has(skip));
}

function cellsOf(decision: Decision): readonly string[] {
  const number = (value: number | null, digits: number): string =>
    value === null ? '–' : value.toFixed(digits);
  return [
    decision.id,
    number(decision.price, 2),
    number(decision.r, 4),
    number(decision.q, 4),
    number(decision.edge, 4),
    decision.decision,
    decision.decision === 'buy' ? formatMoney(decision.amount) : '',
    decision.reason,
  ];
}
