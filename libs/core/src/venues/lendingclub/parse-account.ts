import { isDeepStrictEqual } from 'node:util';
import { type Money, parseMoney, zeroMoney } from '../../domain/money.ts';
import type { PlacedOrder } from '../../domain/order.ts';
import { answerInvalid } from './errors.ts';
import { availableCashSchema, notesSchema, schemaProblems } from './schema.ts';

/**
 * Reads the answer to `GET /accounts/{id}/availablecash`. Fractions of a cent are cut off: such an
 * amount is a rounding of the venue's, and less cash is never too much.
 *
 * @throws MispricedError `VENUE_ANSWER_INVALID` where it is not an amount of money.
 */
export function parseAvailableCash(received: unknown, operation: string): Money {
  const answer = availableCashSchema.safeParse(received);
  if (!answer.success) throw answerInvalid(operation, schemaProblems(answer.error));
  const cents = String(answer.data.availableCash).replace(/(\.\d\d)\d+$/, '$1');
  if (!/^\d+(\.\d+)?$/.test(cents)) {
    throw answerInvalid(operation, [`availableCash: ${cents} is not an amount of cash`]);
  }
  return parseMoney(cents);
}

/**
 * Reads the answer to `GET /accounts/{id}/notes`: one holding for each loan, the sum of its notes. A
 * note that cannot be read spoils the whole answer, for what is held would then look too little and
 * be bought again. The venue leaves an empty list out, so `{}` says that nothing is held; any other
 * answer without a list says nothing.
 *
 * @throws MispricedError `VENUE_ANSWER_INVALID`.
 */
export function parseNotes(received: unknown, operation: string): PlacedOrder[] {
  if (isDeepStrictEqual(received, {})) return [];
  const answer = notesSchema.safeParse(received);
  if (!answer.success) throw answerInvalid(operation, schemaProblems(answer.error));
  const held = new Map<number, { filled: Money; orders: Set<number | null> }>();
  for (const note of answer.data.myNotes) {
    const loan = held.get(note.loanId) ?? { filled: zeroMoney, orders: new Set() };
    loan.filled = loan.filled.plus(note.noteAmount);
    loan.orders.add(note.orderId ?? null);
    held.set(note.loanId, loan);
  }
  return [...held].map(([loanId, { filled, orders }]) => {
    const [orderId = null] = orders;
    return {
      listingId: String(loanId),
      filled,
      // Notes of several orders: the holding as a whole has no number of its own.
      venueOrderId: orders.size === 1 && orderId !== null ? String(orderId) : null,
    };
  });
}
