import type { AccountName } from '../history/history-plan.ts';
import { centsOf } from './cents.ts';
import { textOf, type RawLine } from './read-lines.ts';

/** An order as the ledger's lines have it. */
export interface KnownOrder {
  readonly orderId: string;
  readonly account: AccountName;
  readonly mode: string;
  readonly slot: string;
  readonly runId: string;
  readonly listingId: string;
  readonly group: string;
  readonly askedCents: number;
  /** Where its intent stands. */
  readonly intent: RawLine;
  readonly results: readonly RawLine[];
}

/** What the ledger says an order bought in the end; null where it does not know. */
export function filledCents({ results }: Pick<KnownOrder, 'results'>): number | null {
  const last = results.at(-1);
  if (last === undefined || textOf(last, 'outcome') === 'unknown') return null;
  return centsOf(textOf(last, 'filled'));
}

/** The orders of live ledgers, in the order in which they were written down. */
export function knownOrders(lines: readonly RawLine[]): readonly KnownOrder[] {
  const slots = new Map<string, string>();
  const orders = new Map<string, KnownOrder & { results: RawLine[] }>();
  for (const line of lines) {
    const folder = line.path.split('/')[0] ?? '';
    const runKey = `${folder}/${textOf(line, 'runId')}`;
    const type = textOf(line, 'type');
    if (type === 'run-started') slots.set(runKey, textOf(line, 'slot'));
    if (type === 'order-intended') {
      const key = `${folder}/${textOf(line, 'orderId')}/${textOf(line, 'runId')}`;
      orders.set(key, {
        orderId: textOf(line, 'orderId'),
        account: folder as AccountName,
        mode: textOf(line, 'mode'),
        slot: new Date(slots.get(runKey) ?? 0).toISOString(),
        runId: textOf(line, 'runId'),
        listingId: textOf(line, 'listingId'),
        group: textOf(line, 'group'),
        askedCents: centsOf(textOf(line, 'amount')),
        intent: line,
        results: [],
      });
    }
    if (type === 'order-result') {
      orders
        .get(`${folder}/${textOf(line, 'orderId')}/${textOf(line, 'runId')}`)
        ?.results.push(line);
    }
  }
  return [...orders.values()].filter(({ account }) => !account.startsWith('paper-'));
}
