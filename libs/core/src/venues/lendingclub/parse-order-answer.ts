import type { OrderIntent, OrderResult } from '../../domain/order.ts';
import { orderResult } from '../../domain/order-result.ts';
import type { OverfilledOrder } from '../../domain/venue-overfilled.ts';
import { mostFilled, type VenueDeclaration } from '../../domain/venue.ts';
import { outcomeOfConfirmation } from './order-outcome.ts';
import { type Confirmation, orderAnswerSchema } from './schema.ts';

/**
 * Reads the answer of 200 to `POST /accounts/{id}/orders` as a result for each order of the batch.
 * Whatever the answer does not settle is `unknown`; it never throws, for money may have moved.
 */
export function parseOrderAnswer(
  batch: readonly OrderIntent[],
  received: unknown,
): readonly OrderResult[] {
  const answer = orderAnswerSchema.safeParse(received);
  if (!answer.success) return allAlike(batch, 'unknown');
  const ordered = new Set(batch.map((intent) => intent.listingId));
  const confirmations = Map.groupBy(answer.data.orderConfirmations, ({ loanId }) => String(loanId));
  // A loan that was not ordered: this is the answer to something else.
  if (confirmations.keys().some((listingId) => !ordered.has(listingId)))
    return allAlike(batch, 'unknown');
  const instructId = answer.data.orderInstructId ?? null;
  return batch.map((intent) =>
    resultOf(intent, confirmations.get(intent.listingId) ?? [], instructId),
  );
}

/**
 * The orders of a batch of which an answer says that more was bought than the venue declares, whatever
 * else it says of them.
 */
export function overfilledOrders(
  batch: readonly OrderIntent[],
  received: unknown,
  declaration: Pick<VenueDeclaration, 'roundsUpTo'>,
): readonly OverfilledOrder[] {
  const answer = orderAnswerSchema.safeParse(received);
  if (!answer.success) return [];
  return batch.flatMap(({ listingId, amount }) =>
    answer.data.orderConfirmations
      .filter(({ loanId }) => String(loanId) === listingId)
      .flatMap(({ investedAmount: filled }) =>
        filled?.greaterThan(mostFilled(amount, declaration)) === true
          ? [{ listingId, amount, filled }]
          : [],
      ),
  );
}

/** One outcome for all of them, with the venue's words where it gave any. */
export function allAlike(
  batch: readonly OrderIntent[],
  outcome: 'refused' | 'unknown',
  words: readonly string[] = [],
): readonly OrderResult[] {
  return batch.map((intent) => orderResult(intent, { outcome, venueStatuses: words }));
}

function resultOf(
  intent: OrderIntent,
  confirmations: readonly Confirmation[],
  instructId: number | null,
): OrderResult {
  const [first, ...others] = confirmations;
  const statuses = first?.executionStatus ?? [];
  const unknown = orderResult(intent, { outcome: 'unknown', venueStatuses: statuses });
  const invested = first?.investedAmount ?? null;
  if (first === undefined || others.length > 0 || first.executionStatus === null) {
    return unknown;
  }
  const isOurs =
    first.requestedAmount === undefined || first.requestedAmount?.equals(intent.amount) === true;
  // The venue numbers an answer exactly where it filled something.
  if (!isOurs || invested === null || (instructId === null && !invested.isZero())) {
    return unknown;
  }
  const { outcome, filled } = outcomeOfConfirmation({
    requested: intent.amount,
    invested,
    statuses,
  });
  const venueOrderId = filled.isZero() || instructId === null ? null : String(instructId);
  return orderResult(intent, { outcome, filled, venueOrderId, venueStatuses: statuses });
}
