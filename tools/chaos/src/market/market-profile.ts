import type { Chance } from '../random/chance.ts';
import {
  type AnswerKind,
  answerKinds,
  type BookingKind,
  bookingKinds,
  type FillKind,
  fillKinds,
  type OrderAnswerKind,
  orderAnswerKinds,
} from './conduct.ts';

type Weights<Kind extends string> = Readonly<Record<Kind, number>>;

/** How one market is inclined: the weight of each thing that it may do. */
export interface MarketProfile {
  readonly orderAnswers: Weights<OrderAnswerKind>;
  readonly bookings: Weights<BookingKind>;
  readonly fills: Weights<FillKind>;
  readonly readAnswers: Weights<AnswerKind>;
  readonly longestTrailingMilliseconds: number;
}

const trailingAtMostMilliseconds = 60_000;
/** Where reads show an order later than the market declares. */
const trailingBeyondMilliseconds = 400_000;

/**
 * Draws a market. Each has a few faults only, and those often: where every market had all of them,
 * none would last long enough for the rare course of events in which two of them meet.
 *
 * @param mayBreakItsWord Whether it may be later or fill more than it declares.
 */
export function drawMarketProfile(chance: Chance, mayBreakItsWord: boolean): MarketProfile {
  const trailing = chance.split('trailing');
  const isLate = mayBreakItsWord && trailing.split('beyond').happens(0.3);
  const orderAnswers = drawWeights(chance.split('orders'), orderAnswerKinds, {
    usual: 'own',
    usualAtLeast: 2,
    share: 0.3,
  });
  // What is answered as usual is booked as usual or slowly: the others need an answer that is not.
  const bookings = drawWeights(chance.split('bookings'), bookingKinds, {
    usual: 'at-once',
    usualAtLeast: 0,
    share: 0.5,
  });
  const fills = drawWeights(chance.split('fills'), fillKinds, {
    usual: 'as-asked',
    usualAtLeast: 0.5,
    share: 0.3,
  });
  return {
    orderAnswers,
    bookings: mayBreakItsWord ? bookings : { ...bookings, 'late-beyond': 0 },
    fills: mayBreakItsWord ? fills : { ...fills, 'rounded-up-beyond': 0 },
    readAnswers: drawWeights(chance.split('reads'), answerKinds, {
      usual: 'own',
      usualAtLeast: 2,
      share: 0.3,
    }),
    longestTrailingMilliseconds: trailing.happens(0.4)
      ? trailing.integer(1, isLate ? trailingBeyondMilliseconds : trailingAtMostMilliseconds)
      : 0,
  };
}

/** A weight of 0 to 1 for this share of kinds, none for the others; for the usual one some more. */
function drawWeights<Kind extends string>(
  chance: Chance,
  kinds: readonly Kind[],
  args: { readonly usual: Kind; readonly usualAtLeast: number; readonly share: number },
): Weights<Kind> {
  const weightOf = (kind: Kind): number => {
    const stream = chance.split(kind);
    if (kind === args.usual) return args.usualAtLeast + stream.next();
    return stream.happens(args.share) ? stream.next() : 0;
  };
  return Object.fromEntries(kinds.map((kind) => [kind, weightOf(kind)])) as Record<Kind, number>;
}
