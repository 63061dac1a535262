import type { PlayedHistory } from '../play/played-history.ts';
import { centsOf } from './cents.ts';
import { checkDemandedHalt, type DemandedHalt } from './check-demanded-halt.ts';
import { mostFilledCents } from './most-filled.ts';
import { textOf, type RawLine } from './read-lines.ts';
import { centsOfParts, type SentOrder } from './sent-order.ts';
import type { Violation } from './violation.ts';

/** Where the account shows that an order was filled for more than the market declares. */
export function checkOverfilled(
  history: PlayedHistory,
  lines: readonly RawLine[],
  sent: readonly SentOrder[],
): readonly Violation[] {
  return sent.flatMap((order) => {
    const overfilled = overfilledOrder(order);
    return overfilled === null ? [] : checkDemandedHalt(history, lines, sent, overfilled);
  });
}

function overfilledOrder(order: SentOrder): DemandedHalt | null {
  const { known, booked, bookedCents } = order;
  if (known === null) return null;
  const most = mostFilledCents(known.askedCents);
  const beyond = booked.find((_, part) => centsOfParts(booked.slice(0, part + 1)) > most);
  if (beyond === undefined) return null;
  return {
    order,
    code: 'VENUE_OVERFILLED',
    promise: 'a run halts where the account shows an overfilled order',
    facts: `filled for ${bookedCents} cents where ${most} are declared`,
    shownFrom: beyond.atMilliseconds,
    newsFrom: order.atMilliseconds,
    correction: known.results.find((line) => centsOf(textOf(line, 'filled')) > most) ?? null,
  };
}
