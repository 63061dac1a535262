import { textOf } from './read-lines.ts';
import type { SentOrder } from './sent-order.ts';
import type { Violation } from './violation.ts';

/** What the market answers in its own words; all else may stand before it, or mean anything. */
const ownWords: readonly string[] = ['own', 'refused-in-words', 'key-refused', 'closed'];

/** An answer is called a refusal only where the market itself has answered, and the answer arrived. */
export function checkRefusals(sent: readonly SentOrder[]): readonly Violation[] {
  return sent.flatMap(({ host, listingId, known, record }): readonly Violation[] => {
    const isCalledRefused = known?.results.some(
      (line) => textOf(line, 'outcome') === 'refused' && textOf(line, 'source') === 'answer',
    );
    if (isCalledRefused !== true) return [];
    const answer = record?.answer;
    if (answer?.isDelivered === true && ownWords.includes(answer.kind)) return [];
    const facts = `${host}: the order for ${listingId} was answered ${answer?.kind ?? 'nothing'}`;
    return [{ promise: "only the market's own words prove a refusal", facts }];
  });
}
