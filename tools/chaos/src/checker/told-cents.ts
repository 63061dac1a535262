import type { PlayedHistory, PlayedRun } from '../play/played-history.ts';
import { centsOf } from './cents.ts';
import { mostFilledCents } from './most-filled.ts';
import { readingsOf, type Reading } from './readings.ts';
import { centsOfParts, type SentOrder } from './sent-order.ts';

/**
 * What a run was shown to have bought of each listing, by the market itself: in an answer of its own to
 * the orders, or in the account, read after that. By the book of truth, not by what it made of it.
 */
export function toldCents(
  history: PlayedHistory,
  run: PlayedRun,
  sent: readonly SentOrder[],
): Map<string, number> {
  const { host, account, slot } = run.plan;
  const market = history.markets.get(account);
  const told = new Map<string, number>();
  if (market === undefined || run.outcome.kind !== 'ended') return told;
  const { summary } = run.outcome;
  if (summary.mode === 'paper') return told;
  // One that was displaced may not write down what it reads.
  const isDisplaced = summary.error?.code === 'RUN_LEASE_LOST';
  const readings = isDisplaced ? [] : readingsOf(history, market, host);
  const sold = new Set(
    market.person.filter(({ did }) => did === 'sold').map((each) => each.loanId),
  );
  for (const order of sent) {
    const isOfRun =
      order.account === account &&
      order.run !== null &&
      Date.parse(order.run.plan.slot) === Date.parse(slot);
    if (!isOfRun) continue;
    const answered = order.host === host ? answeredCents(order) : 0;
    // Where both hold a security, nobody can tell whose was sold.
    const shown = sold.has(Number(order.listingId)) ? 0 : shownCents(order, readings);
    const cents = Math.max(answered, shown, told.get(order.listingId) ?? 0);
    told.set(order.listingId, cents);
  }
  return told;
}

/** What the market's own answer said of an order, where it arrived and does not contradict itself. */
function answeredCents({ record, listingId, bookedCents }: SentOrder): number {
  const { answer = null, order = null } = record ?? {};
  if (answer?.kind !== 'own' || !answer.isDelivered) return 0;
  const asked = order?.asked.find(({ loanId }) => String(loanId) === listingId);
  if (asked === undefined) return 0;
  // More than it declares is settled by the account.
  const isBeyond = bookedCents > mostFilledCents(centsOf(asked.requested.toFixed(2)));
  return isBeyond ? 0 : bookedCents;
}

function shownCents({ booked }: SentOrder, readings: readonly Reading[]): number {
  const latest = Math.max(...readings.map(({ asOf }) => asOf));
  return centsOfParts(booked.filter(({ atMilliseconds }) => atMilliseconds <= latest));
}
