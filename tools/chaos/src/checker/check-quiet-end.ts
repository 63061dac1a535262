import type { PlayedHistory } from '../play/played-history.ts';
import { centsOf, inDollars, sumCents } from './cents.ts';
import { filledCents, type KnownOrder } from './known-order.ts';
import type { SentOrder } from './sent-order.ts';
import type { Violation } from './violation.ts';

/**
 * A day after all is quiet the ledger says of each listing what the market booked for us. What a person
 * bought of the same loan cannot be told apart and may be charged to us; what a person sold before it
 * was seen shows nowhere.
 */
export function checkQuietEnd(
  history: PlayedHistory,
  known: readonly KnownOrder[],
  sent: readonly SentOrder[],
): readonly Violation[] {
  return [...history.quietEnd].flatMap(([account, problem]): readonly Violation[] => {
    if (problem !== null) {
      return [{ promise: 'a quiet account can be reconciled', facts: `${account}: ${problem}` }];
    }
    const own = known.filter((order) => order.account === account);
    const person = history.markets.get(account)?.person ?? [];
    const byPerson = (listingId: string, did: string): number =>
      sumCents(
        person
          .filter((each) => String(each.loanId) === listingId && each.did === did)
          .map(({ amount }) => centsOf(amount.toFixed(2))),
      );
    // What version 0.1.0 bought, where its ledger was carried over.
    const earlier = (listingId: string): readonly number[] =>
      (history.markets.get(account)?.earlier ?? [])
        .filter(({ loanId }) => String(loanId) === listingId)
        .map(({ amount }) => centsOf(amount.toFixed(2)));
    return [...Map.groupBy(own, ({ listingId }) => listingId)].flatMap(([listingId, orders]) => {
      const open = orders.filter((order) => filledCents(order) === null);
      const said = sumCents(orders.map((order) => filledCents(order) ?? 0));
      const ofListing = sent
        .filter((order) => order.account === account && order.listingId === listingId)
        .map(({ bookedCents }) => bookedCents);
      const booked = sumCents([...ofListing, ...earlier(listingId)]);
      const least = booked - byPerson(listingId, 'sold');
      const most = booked + byPerson(listingId, 'bought');
      if (open.length === 0 && said >= least && said <= most) return [];
      const still = open.length === 0 ? '' : ', and an order is still open';
      return [
        {
          promise: 'ledger and account agree in the end',
          facts: `${account} ${listingId}: the ledger says ${inDollars(said)}, the market booked ${inDollars(booked)}${still}`,
        },
      ];
    });
  });
}
