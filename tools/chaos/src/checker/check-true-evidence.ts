import type { PlayedHistory } from '../play/played-history.ts';
import { textOf, type RawLine } from './read-lines.ts';
import type { SentOrder } from './sent-order.ts';
import type { Violation } from './violation.ts';

const settleMilliseconds = 120_000;
const leastReadings = 3;

/**
 * The same by the market's own book and the true time, whatever the ledger dates its lines: an order
 * that was sent is given up only after several readings that the market received once the attempt had
 * ended and the declared delay was over.
 */
export function checkTrueEvidence(
  history: PlayedHistory,
  sent: readonly SentOrder[],
): readonly Violation[] {
  return sent.flatMap(({ account, host, listingId, known, record }): readonly Violation[] => {
    const refusal = known?.results.find(
      (line) => textOf(line, 'outcome') === 'refused' && textOf(line, 'source') === 'read-back',
    );
    if (refusal === undefined) return [];
    const requests = history.markets.get(account)?.requests ?? [];
    const endedAt = record?.endedAtMilliseconds ?? null;
    // Of an attempt that nobody saw end, or that never left, the lines alone can be judged.
    if (endedAt === null || known?.results.every(isUnseen) === true) return [];
    // A machine that was suspended dates its lines too early.
    const refusedAt = refusal.written?.atMilliseconds ?? Number.POSITIVE_INFINITY;
    const readings = requests.filter(
      ({ path, answer, receivedAtMilliseconds: received }) =>
        /\/(detailed)?notes$/.test(path) &&
        answer?.kind === 'own' &&
        answer.isDelivered &&
        received !== null &&
        received >= endedAt + settleMilliseconds &&
        received <= refusedAt,
    );
    if (readings.length >= leastReadings) return [];
    const facts = `${host}: the order for ${listingId} was given up after ${readings.length} true readings`;
    return [{ promise: 'absence proves nothing by itself', facts }];
  });
}

function isUnseen(line: RawLine): boolean {
  return line.fields['attemptEnded'] !== true;
}
