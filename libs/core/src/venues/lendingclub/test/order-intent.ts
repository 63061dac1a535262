import { parseMoney } from '../../../domain/money.ts';
import { type OrderIntent, orderIdFor } from '../../../domain/order.ts';

/** An order of a made-up run. */
export function orderIntent(listingId: string, dollars: string): OrderIntent {
  const named = { venue: 'lendingclub', account: 'main', listingId, side: 'buy' } as const;
  return {
    ...named,
    orderId: orderIdFor({ ...named, slot: new Date('2016-04-28T15:00:00Z') }),
    runId: 'strategy-20160428T150000Z',
    group: '36',
    amount: parseMoney(dollars),
    limitPrice: null,
  };
}
