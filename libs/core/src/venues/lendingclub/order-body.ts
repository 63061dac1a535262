import { formatMoney } from '../../domain/money.ts';
import type { OrderIntent } from '../../domain/order.ts';
import { batchInvalid } from './errors.ts';

/**
 * The body of `POST /accounts/{id}/orders`, written by hand: amounts go from exact decimals to digits
 * without ever being binary floats.
 *
 * @throws MispricedError `INTERNAL` for a batch that must not be sent.
 */
export function orderBody(accountId: string, batch: readonly OrderIntent[]): string {
  const problems = batch.flatMap((intent) => problemsOf(intent));
  if (new Set(batch.map((intent) => intent.listingId)).size < batch.length) {
    problems.push('two orders are for the same loan');
  }
  if (problems.length > 0) throw batchInvalid(problems);
  const orders = batch.map(
    ({ listingId, amount }) => `{"loanId":${listingId},"requestedAmount":${formatMoney(amount)}}`,
  );
  return `{"aid":${accountId},"orders":[${orders.join(',')}]}`;
}

function problemsOf(intent: OrderIntent): string[] {
  const problems: string[] = [];
  if (!/^(0|[1-9]\d*)$/.test(intent.listingId)) {
    problems.push(`order ${intent.orderId}: "${intent.listingId}" is not a loan of LendingClub`);
  }
  if (!intent.amount.greaterThan(0) || intent.amount.decimalPlaces() > 2) {
    problems.push(`order ${intent.orderId}: ${intent.amount.toString()} is not an amount to buy`);
  }
  return problems;
}
