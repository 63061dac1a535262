import { answerKinds, bookingKinds, fillKinds, orderAnswerKinds } from './conduct.ts';
import { breachesOf } from './keeps-declaration.ts';
import type { GivenKind, MarketHistory, RequestRecord } from './market-history.ts';
import type { NoteFate } from './account.ts';

/** What says that nothing was booked, or may not have been. */
const deniedKinds: readonly GivenKind[] = ['busy', 'too-many', 'unavailable', 'other-amount'];

/** Everything that can be counted of a market, whether it happened or not. */
export const marketBehaviours: readonly string[] = [
  ...[...orderAnswerKinds, 'over-pace', 'closed'].map((kind) => `orders answered ${kind}`),
  ...bookingKinds.map((kind) => `orders booked ${kind}`),
  ...['before', 'after'].map((when) => `answer lost ${when} booking`),
  ...deniedKinds.map((kind) => `orders answered ${kind} and booked`),
  ...(['overfilled', 'booked-late', 'shown-late'] as const).map((kind) => `word broken: ${kind}`),
  ...fillKinds.map((kind) => `order filled ${kind}`),
  ...[...answerKinds, 'over-pace'].map((kind) => `read answered ${kind}`),
  'read trails',
  ...['bought-same', 'bought-other', 'repaid', 'charged-off', 'sold'].map((did) => `person ${did}`),
];

const lost: readonly GivenKind[] = ['reset', 'silence', 'stalled', 'cut-off'];

/** How often each thing that a market can do happened in a history; what never happened is not there. */
export function countMarketBehaviours(history: MarketHistory): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (what: string): void => {
    counts.set(what, (counts.get(what) ?? 0) + 1);
  };
  for (const request of history.requests) {
    for (const what of behavioursOf(request)) count(what);
  }
  for (const what of personBehaviours(history)) count(what);
  for (const { kind } of breachesOf(history)) count(`word broken: ${kind}`);
  return counts;
}

function behavioursOf(request: Readonly<RequestRecord>): readonly string[] {
  const { answer, order } = request;
  const subject = request.method === 'POST' ? 'orders' : 'read';
  const answered = answer === null ? [] : [`${subject} answered ${answer.kind}`];
  const { shownAsOfMilliseconds: shown, receivedAtMilliseconds: received } = request;
  const trails = shown !== null && received !== null && shown < received ? ['read trails'] : [];
  if (order === null) return [...answered, ...trails];
  const { conduct, booked, gone, bookedAtMilliseconds: bookedAt } = order;
  const isBooked = booked.length > 0;
  const isLost = answer !== null && lost.includes(answer.kind);
  const isAfter = bookedAt !== null && answer !== null && bookedAt <= answer.atMilliseconds;
  return [
    ...answered,
    `orders booked ${isBooked ? conduct.booking : 'never'}`,
    ...(isLost ? [`answer lost ${isAfter ? 'after' : 'before'} booking`] : []),
    ...(isBooked && answer !== null && deniedKinds.includes(answer.kind)
      ? [`orders answered ${answer.kind} and booked`]
      : []),
    ...booked.map(({ fill }) => `order filled ${fill}`),
    ...gone.map(() => 'order filled gone'),
  ];
}

function personBehaviours({ person, requests }: MarketHistory): readonly string[] {
  return person.map(({ did, loanId, atMilliseconds }) => {
    if (did !== 'bought') return `person ${did satisfies NoteFate}`;
    const isSame = requests.some(
      ({ order, receivedAtMilliseconds: received }) =>
        received !== null &&
        received <= atMilliseconds &&
        order?.asked.some((asked) => asked.loanId === loanId) === true,
    );
    return `person bought-${isSame ? 'same' : 'other'}`;
  });
}
