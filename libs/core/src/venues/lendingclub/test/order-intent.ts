import { parseMoney } from '../../../domain/money.ts';
import { type OrderIntent, orderIdFor } from '../../../domain/order.ts';

/** An order of a made-up run. */
export function orderIntent(listingId: string, dollars: string): OrderIntent {
  const runId = 'strategy-20160428T150000Z';
  return {
    orderId: orderIdFor({ runId, venue: 'lendingclub', listingId, side: 'buy' }),
    runId,
    venue: 'lendingclub',
    listingId,
    group: '36',
    side: 'buy',
    amount: parseMoney(dollars),
  };
}
