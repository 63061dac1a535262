import { centsOf, inDollars } from './cents.ts';
import { filledCents } from './known-order.ts';
import { textOf, type RawLine } from './read-lines.ts';
import type { Violation } from './violation.ts';

/** What an order came to by the lines before a place: null while nobody knows. */
export type CentsByOrder = ReadonlyMap<string, number | null>;

/** The lines of a run in its file up to a place. */
export function linesBefore(
  lines: readonly RawLine[],
  place: Pick<RawLine, 'path' | 'offset'>,
  runId: string,
): readonly RawLine[] {
  return lines.filter(
    (line) =>
      line.path === place.path && line.offset <= place.offset && textOf(line, 'runId') === runId,
  );
}

/** What came of each order of a run by the lines of its file before a place, by order id. */
export function ordersBefore(
  lines: readonly RawLine[],
  place: Pick<RawLine, 'path' | 'offset'>,
  runId: string,
): CentsByOrder {
  const orders = new Map<string, number | null>();
  for (const line of linesBefore(lines, place, runId)) {
    const type = textOf(line, 'type');
    if (type === 'order-intended') orders.set(textOf(line, 'orderId'), null);
    if (type === 'order-result')
      orders.set(textOf(line, 'orderId'), filledCents({ results: [line] }));
  }
  return orders;
}

/** What is wrong with a run's status, by what its orders have come to; null where it is right. */
export function wrongStatus(
  status: string,
  orders: { readonly boughtCents: number; readonly open: number },
): string | null {
  const { boughtCents, open } = orders;
  const bought = inDollars(boughtCents);
  if (['nothing', 'skipped', 'failed'].includes(status)) {
    if (boughtCents > 0) return `${status}, and ${bought} was bought`;
    return open > 0 ? `${status}, and ${open} orders may have bought something` : null;
  }
  if (status === 'traded') {
    if (open > 0) return `traded, and ${open} orders are not known`;
    return boughtCents === 0 ? 'traded, and nothing was bought' : null;
  }
  return null;
}

/**
 * What the ledger says of a run where it ends it, or ends it anew, is what its own lines say by then:
 * `nothing`, `skipped` and `failed` bought nothing, `traded` leaves nothing open, and what was spent is
 * never less than what the run's orders were filled for. A run that was interrupted is `partial`
 * whatever it bought.
 */
export function checkSaid(lines: readonly RawLine[]): readonly Violation[] {
  return lines.flatMap((line): readonly Violation[] => {
    if (textOf(line, 'type') !== 'run-finished') return [];
    const runId = textOf(line, 'runId');
    const orders = [...ordersBefore(lines, line, runId).values()];
    const boughtCents = orders.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    const open = orders.filter((each) => each === null).length;
    const facts = `${line.path} at ${line.offset}, ${runId} by ${line.written?.host ?? 'nobody'}`;
    const wrong = wrongStatus(textOf(line, 'status'), { boughtCents, open });
    const violations: Violation[] = [];
    if (wrong !== null)
      violations.push({ promise: 'the ledger says how a run ended', facts: `${facts}: ${wrong}` });
    const spent = textOf(line, 'spent');
    if (centsOf(spent) < boughtCents) {
      violations.push({
        promise: 'a run spent no less than its orders were filled for',
        facts: `${facts}: ${spent} where the ledger has ${inDollars(boughtCents)}`,
      });
    }
    return violations;
  });
}
