import { formatMoney, sumMoney, zeroMoney } from '@mispriced/core';
import type { MarketHistory, OrderRecord, RequestRecord } from './market-history.ts';

type Request = Readonly<RequestRecord>;

/** Whether a market kept what it declared: how late orders show, and how much is filled at most. */
export function keepsDeclaration(history: MarketHistory): boolean {
  return breachesOf(history).length === 0;
}

/** Where a market did not keep what it declared. */
export interface Breach {
  readonly kind: 'overfilled' | 'booked-late' | 'shown-late';
  /** The number of the request whose orders it befell. */
  readonly request: number;
  /** From when on it had not, true time. */
  readonly atMilliseconds: number;
  /** For people. */
  readonly facts: string;
}

/** Where a market did not; judged by what it did, not by what it was meant to do. */
export function breachesOf(history: MarketHistory): readonly Breach[] {
  return history.requests.flatMap((request) =>
    request.order === null
      ? []
      : [
          ...overfills(history, request, request.order),
          ...lateBooking(history, request, request.order),
          ...lateShowing(history, request, request.order),
        ],
  );
}

function overfills(
  { declaration }: MarketHistory,
  request: Request,
  order: OrderRecord,
): readonly Breach[] {
  return [...Map.groupBy(order.booked, ({ loanId }) => loanId)]
    .map(([loanId, parts]) => ({
      loanId,
      requested: parts[0]?.requested ?? zeroMoney,
      amount: sumMoney(parts.map(({ amount }) => amount)),
    }))
    .filter(({ amount, requested }) => amount.greaterThan(declaration.mostFilled(requested)))
    .map(({ loanId, amount, requested }) => ({
      kind: 'overfilled',
      request: request.number,
      atMilliseconds: order.bookedAtMilliseconds ?? 0,
      facts: `request ${request.number}: ${formatMoney(amount)} of loan ${loanId} for ${formatMoney(requested)}`,
    }));
}

/** When an order must show at the latest; null while its attempt goes on. */
function dueAt({ declaration }: MarketHistory, request: Request): number | null {
  const { endedAtMilliseconds } = request;
  return endedAtMilliseconds === null
    ? null
    : endedAtMilliseconds + declaration.settleWithinSeconds * 1000;
}

function lateBooking(
  history: MarketHistory,
  request: Request,
  order: OrderRecord,
): readonly Breach[] {
  const due = dueAt(history, request);
  const { bookedAtMilliseconds: bookedAt } = order;
  if (due === null || bookedAt === null || bookedAt <= due) return [];
  const facts = `request ${request.number}: booked ${bookedAt - due} ms too late`;
  return [{ kind: 'booked-late', request: request.number, atMilliseconds: due, facts }];
}

function lateShowing(
  history: MarketHistory,
  request: Request,
  order: OrderRecord,
): readonly Breach[] {
  const due = dueAt(history, request);
  const { bookedAtMilliseconds: bookedAt } = order;
  if (due === null || bookedAt === null) return [];
  const misses = history.requests.filter(
    ({ path, receivedAtMilliseconds, shownAsOfMilliseconds }) =>
      /\/(detailed)?notes$/.test(path) &&
      receivedAtMilliseconds !== null &&
      receivedAtMilliseconds > due &&
      shownAsOfMilliseconds !== null &&
      shownAsOfMilliseconds < bookedAt,
  );
  return misses.map((read) => ({
    kind: 'shown-late',
    request: request.number,
    atMilliseconds: read.receivedAtMilliseconds ?? due,
    facts: `request ${request.number}: not yet shown to request ${read.number}`,
  }));
}
