import type { PlayedHistory } from '../play/played-history.ts';
import type { BrokenWords } from './broken-words.ts';
import { checkDemandedHalt, type DemandedHalt } from './check-demanded-halt.ts';
import { textOf, type RawLine } from './read-lines.ts';
import type { SentOrder } from './sent-order.ts';
import type { Violation } from './violation.ts';

/** Where the market showed an order beyond its declaration, and it had been called refused. */
export function checkLate(
  history: PlayedHistory,
  lines: readonly RawLine[],
  sent: readonly SentOrder[],
  broken: BrokenWords,
): readonly Violation[] {
  return sent.flatMap((order) => {
    const late = lateOrder(order, broken);
    return late === null ? [] : checkDemandedHalt(history, lines, sent, late);
  });
}

function lateOrder(order: SentOrder, broken: BrokenWords): DemandedHalt | null {
  const bookedAt = order.record?.order?.bookedAtMilliseconds ?? null;
  if (bookedAt === null || order.bookedCents === 0) return null;
  if (broken.lateSince(order) === Number.POSITIVE_INFINITY) return null;
  const results = (order.known?.results ?? []).filter(
    (line) => textOf(line, 'source') === 'read-back',
  );
  const refusal = results.find((line) => textOf(line, 'outcome') === 'refused');
  if (refusal === undefined) return null;
  return {
    order,
    code: 'VENUE_LATE',
    promise: 'a run halts where a market showed an order too late',
    facts: `called refused by ${refusal.written?.host ?? 'nobody'}`,
    shownFrom: bookedAt,
    newsFrom: refusal.written?.atMilliseconds ?? 0,
    correction: results[results.indexOf(refusal) + 1] ?? null,
  };
}
