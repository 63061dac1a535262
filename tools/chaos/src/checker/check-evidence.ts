import { createHash } from 'node:crypto';
import { textOf, type RawLine } from './read-lines.ts';
import type { KnownOrder } from './known-order.ts';
import type { Violation } from './violation.ts';

const settleMilliseconds = 120_000;
const leastReadings = 3;

/**
 * "Not there" is believed only over several readings: after the declared delay where the attempt was
 * seen to end, over the hours that are configured where nobody saw it end.
 */
export function checkEvidence(
  lines: readonly RawLine[],
  known: readonly KnownOrder[],
  releaseAfterHours: number,
): readonly Violation[] {
  const absences = Map.groupBy(
    lines.filter((line) => textOf(line, 'type') === 'order-absent'),
    (line) => `${line.path} ${textOf(line, 'orderId')}`,
  );
  return known.flatMap((order) =>
    order.results.flatMap((result, index) => {
      if (textOf(result, 'outcome') !== 'refused' || textOf(result, 'source') !== 'read-back')
        return [];
      const before = order.results.slice(0, index);
      const since = before.at(-1)?.offset ?? order.intent.offset;
      const readAt = (absences.get(`${order.intent.path} ${order.orderId}`) ?? [])
        .filter(({ offset }) => offset > since && offset < result.offset)
        .map((line) => Date.parse(textOf(line, 'at')));
      const ended = before.find((each) => each.fields['attemptEnded'] === true);
      const isEnough =
        ended === undefined
          ? readAt.length >= leastReadings &&
            Math.max(...readAt) - Math.min(...readAt) >= releaseAfterHours * 3_600_000
          : readAt.filter((at) => at >= Date.parse(textOf(ended, 'at')) + settleMilliseconds)
              .length >= leastReadings;
      if (isEnough) return [];
      return [
        {
          promise: 'absence proves nothing by itself',
          facts: `order ${order.orderId} for ${order.listingId} was given up after ${readAt.length} readings`,
        },
      ];
    }),
  );
}

/** An order's id is what anybody can work out from venue, account, slot, listing and side. */
export function checkIds(known: readonly KnownOrder[]): readonly Violation[] {
  return known.flatMap((order) => {
    // Ids of the first version stay what they were.
    if (order.intent.fields['epoch'] === 0) return [];
    const slot = order.slot.replace(/\.\d{3}/, '').replaceAll(/[-:]/g, '');
    const text = ['lendingclub', order.account, slot, order.listingId, 'buy'].join('|');
    const hex = createHash('sha256').update(text).digest('hex');
    const isSame = order.orderId.replaceAll('-', '').startsWith(hex.slice(0, 12));
    if (isSame) return [];
    const facts = `${order.orderId} for ${order.listingId} of ${order.slot}`;
    return [{ promise: 'an order id is a pure function of what is ordered', facts }];
  });
}
