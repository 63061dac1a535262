import type { MarketHistory } from '../market/market-history.ts';
import type { PlayedHistory } from '../play/played-history.ts';
import { centsOf } from './cents.ts';
import { hindrances } from './hindrances.ts';
import { mostFilledCents } from './most-filled.ts';
import { centsOfParts } from './sent-order.ts';
import type { Violation } from './violation.ts';

/**
 * Where a market filled more than it declares and said so, the run halts after that batch and names the
 * reason. A run that was killed, or that the storage or its lease left, cannot say anything.
 */
export function checkBrokenWord(history: PlayedHistory): readonly Violation[] {
  return [...history.markets].flatMap(([account, market]) =>
    market.requests.flatMap((request): readonly Violation[] => {
      const { order, answer, host } = request;
      const isTold = answer?.kind === 'own' && answer.isDelivered;
      const isBeyond = order?.asked.some(({ loanId, requested }) => {
        const parts = order.booked.filter((each) => each.loanId === loanId);
        return centsOfParts(parts) > mostFilledCents(centsOf(requested.toFixed(2)));
      });
      if (!isTold || isBeyond !== true) return [];
      const violations: Violation[] = [];
      const later = market.requests.find(
        (each) => each.host === host && each.method === 'POST' && each.number > request.number,
      );
      const facts = `${account}, ${host}, request ${request.number}`;
      if (later !== undefined) {
        violations.push({ promise: 'an overfilled batch is the last of its run', facts });
      }
      const outcome = history.runs.find(({ plan }) => plan.host === host)?.outcome;
      if (outcome?.kind !== 'ended') return violations;
      const { status, error } = outcome.summary;
      const isSaid = error !== null && (status === 'halted' || status === 'partial');
      const isHalted = status === 'halted' && error?.code === 'VENUE_OVERFILLED';
      // What it says of an answer that contradicts itself must be confirmed by the account.
      const isUnread =
        error?.code === 'ORDER_UNKNOWN' && isUnreadAfter(market.requests, host, request.number);
      const isHindered = error !== null && (hindrances.has(error.code) || isUnread);
      if (!isHalted && !(isSaid && isHindered)) {
        const said = `ended as ${status} with ${error?.code ?? 'no error'}`;
        violations.push({
          promise: 'a run halts after an overfilled batch and says so',
          facts: `${facts}: ${said}`,
        });
      }
      return violations;
    }),
  );
}

/** Whether a host asked for the account after a request, and got no good answer. */
function isUnreadAfter(requests: MarketHistory['requests'], host: string, number: number): boolean {
  return requests.some(
    (each) =>
      each.host === host &&
      each.number > number &&
      each.method === 'GET' &&
      each.answer?.kind !== 'own',
  );
}
