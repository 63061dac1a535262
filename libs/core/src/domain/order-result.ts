import type { OrderResultDraft, OrderResultEntry } from './ledger-entry.ts';
import { formatMoney, zeroMoney, type Money } from './money.ts';
import type { MispricedError } from './errors.ts';
import type { OrderIntent, OrderOutcome, OrderResult } from './order.ts';
import type { PlacedBatch } from './venue.ts';

/** What is known of how an order ended; what is left out is that nothing was bought and nothing said. */
export type KnownOfOrder = Pick<OrderResult, 'outcome'> &
  Partial<Pick<OrderResult, 'filled' | 'units' | 'fees' | 'venueOrderId' | 'venueStatuses'>>;

/** The result of an order. */
export function orderResult(
  order: Pick<OrderIntent, 'orderId' | 'listingId'>,
  known: KnownOfOrder,
): OrderResult {
  return {
    orderId: order.orderId,
    listingId: order.listingId,
    outcome: known.outcome,
    filled: known.filled ?? zeroMoney,
    units: known.units ?? null,
    fees: known.fees ?? null,
    venueOrderId: known.venueOrderId ?? null,
    venueStatuses: known.venueStatuses ?? [],
  };
}

/** The line of the ledger that says how an order ended. */
export function orderResultEntry(
  order: Pick<OrderIntent, 'runId' | 'orderId' | 'listingId'>,
  known: KnownOfOrder,
  written: { at: Date; source: OrderResultEntry['source']; attemptEnded: boolean },
): OrderResultDraft {
  const result = orderResult(order, known);
  return {
    type: 'order-result',
    at: written.at.toISOString(),
    runId: order.runId,
    orderId: result.orderId,
    listingId: result.listingId,
    outcome: result.outcome,
    filled: formatMoney(result.filled),
    units: result.units,
    fees: result.fees === null ? null : formatMoney(result.fees),
    venueOrderId: result.venueOrderId,
    venueStatuses: [...result.venueStatuses],
    source: written.source,
    attemptEnded: written.attemptEnded,
  };
}

/** How an order ended of which so much was bought: nothing is a refusal. */
export function outcomeOfFill(wanted: Money, filled: Money): OrderOutcome {
  if (filled.isZero()) return 'refused';
  if (filled.greaterThan(wanted)) return 'rounded';
  return filled.lessThan(wanted) ? 'partly-filled' : 'filled';
}

/** What came of a batch that never left. */
export function unsentBatch(batch: readonly OrderIntent[], problem: MispricedError): PlacedBatch {
  const known = { outcome: 'refused', venueStatuses: [problem.code] } as const;
  return { results: batch.map((intent) => orderResult(intent, known)), problem, isUnsent: true };
}
