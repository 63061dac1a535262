import type { PlayedHistory } from '../play/played-history.ts';
import { centsOf, sumCents } from './cents.ts';
import type { CountedOrder } from './check-limits.ts';
import type { KnownOrder } from './known-order.ts';

/** Orders of version 0.1.0 whose lines were carried over: they count in each limit of their day and month. */
export function earlierOrders(
  { markets }: PlayedHistory,
  known: readonly KnownOrder[],
): readonly CountedOrder[] {
  return known
    .filter(({ intent }) => intent.fields['epoch'] === 0)
    .map((order) => {
      const bought = (markets.get(order.account)?.earlier ?? []).filter(
        ({ loanId }) => String(loanId) === order.listingId,
      );
      const bookedCents = sumCents(bought.map(({ amount }) => centsOf(amount.toFixed(2))));
      return { known: order, limits: null, bookedCents };
    });
}
