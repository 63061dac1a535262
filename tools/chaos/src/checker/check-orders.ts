import type { BrokenWords } from './broken-words.ts';
import { inDollars } from './cents.ts';
import type { SentOrder } from './sent-order.ts';
import type { Violation } from './violation.ts';

/** No order is unknown to the ledger as it leaves, and none leaves twice: whatever the market does. */
export function checkSending(sent: readonly SentOrder[]): readonly Violation[] {
  const violations: Violation[] = [];
  const leftBefore = new Map<string, SentOrder>();
  for (const order of sent) {
    const { known, host, listingId, account, run } = order;
    if (run?.plan.mode !== 'live' || run.late === 'paper') {
      violations.push({
        promise: 'only live runs send orders',
        facts: `${host} sent ${listingId}`,
      });
    }
    if (known === null) {
      violations.push({
        promise: 'the ledger knows an order before it is sent',
        facts: `${host} sent an order for ${listingId} without an intent of its slot`,
      });
    }
    const key = `${account} ${run?.plan.slot ?? ''} ${listingId}`;
    const before = leftBefore.get(key);
    if (before !== undefined) {
      violations.push({
        promise: 'no order is sent twice',
        facts: `${before.host} and ${host} sent the order for ${listingId} of slot ${run?.plan.slot ?? ''}`,
      });
    }
    leftBefore.set(key, order);
  }
  return violations;
}

/**
 * No listing is bought by two orders of ours. Of an order that the market showed too late somebody may
 * have thought that it was refused, but only from then on.
 */
export function checkBoughtOnce(
  sent: readonly SentOrder[],
  { lateSince }: BrokenWords,
): readonly Violation[] {
  const bought = sent.filter(({ bookedCents, isSoldUnseen }) => bookedCents > 0 && !isSoldUnseen);
  const byListing = Map.groupBy(bought, ({ account, listingId }) => `${account} ${listingId}`);
  return [...byListing].flatMap(([listing, orders]) => {
    const isTwice = orders.some((order, position) =>
      orders.slice(0, position).some((before) => order.atMilliseconds < lateSince(before)),
    );
    if (!isTwice) return [];
    const facts = `${listing}: ${orders
      .map(({ host, bookedCents }) => `${inDollars(bookedCents)} by ${host}`)
      .join(' and ')}`;
    return [{ promise: 'nothing is bought twice', facts }];
  });
}
