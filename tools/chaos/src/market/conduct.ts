/** What becomes of a request's answer, whatever becomes of the request. */
export const answerKinds = [
  'own',
  'connection-refused',
  'reset',
  'silence',
  'stalled',
  'redirect',
  'forbidden-page',
  'too-many',
  'broken',
  'unavailable',
  'malformed',
  'cut-off',
] as const;

export type AnswerKind = (typeof answerKinds)[number];

/** Ways to say no that only orders have, and that nobody says of orders it will book. */
const refusalKinds = ['refused-in-words', 'key-refused'] as const;

/**
 * What an order may be answered. Of `refused-otherwise` the words prove nothing, nor do those of `busy`;
 * `other-amount` names another one than was asked for.
 */
export const orderAnswerKinds = [
  ...answerKinds,
  'refused-otherwise',
  'busy',
  'other-amount',
  ...refusalKinds,
] as const;

export type OrderAnswerKind = (typeof orderAnswerKinds)[number];

/**
 * When a request's orders are booked: as they arrive; after a while, and answered after that; a part as
 * they arrive, and the rest bit by bit within the delay that the market declares; all of it once the
 * attempt has ended, within that delay or beyond it; or never.
 */
export const bookingKinds = [
  'at-once',
  'slow',
  'in-parts',
  'late-within',
  'late-beyond',
  'never',
] as const;

export type BookingKind = (typeof bookingKinds)[number];

/** What is bought of one order. `rounded-up` stays within what the market declares. */
export const fillKinds = [
  'as-asked',
  'rounded-up',
  'rounded-up-beyond',
  'rounded-down',
  'partly',
  'gone',
] as const;

export type FillKind = (typeof fillKinds)[number];

/** How long a request and its answer are under way, each, and how long the market thinks. */
export interface Delays {
  readonly latencyMilliseconds: number;
  readonly processingMilliseconds: number;
}

/** What the market does with one `POST` of orders. */
export interface OrderConduct extends Delays {
  readonly answer: OrderAnswerKind;
  readonly booking: BookingKind;
  /** How late in what its booking allows, 0 (at once) to 1 (at the very end). */
  readonly lateness: number;
}

/** What the market does with one order. */
export interface FillConduct {
  readonly fill: FillKind;
  /** How much of what its kind allows, 0 to 1. */
  readonly extent: number;
}

/** What the market does with one `GET`. */
export interface ReadConduct extends Delays {
  readonly answer: AnswerKind;
  /** How old the state is that it shows. */
  readonly trailingMilliseconds: number;
}

/** All that a market may do of its own accord. Requests are numbered from 1 as they are sent. */
export interface Conduct {
  /** The longest that reads trail writes. */
  readonly longestTrailingMilliseconds: number;
  order(request: number): OrderConduct;
  fill(request: number, loanId: number): FillConduct;
  read(request: number): ReadConduct;
}

/** Whether a market may answer like this and book like that: nobody books what it has refused. */
export function isPossible(answer: OrderAnswerKind, booking: BookingKind): boolean {
  if (answer === 'own') return ['at-once', 'slow', 'in-parts'].includes(booking);
  const says: readonly OrderAnswerKind[] = [...refusalKinds, 'connection-refused'];
  return says.includes(answer) ? booking === 'never' : true;
}

/** A market without a fault: every request reaches it and is answered. */
export const calmConduct: Conduct = {
  longestTrailingMilliseconds: 0,
  order: () => ({
    answer: 'own',
    booking: 'at-once',
    lateness: 0,
    latencyMilliseconds: 20,
    processingMilliseconds: 100,
  }),
  fill: () => ({ fill: 'as-asked', extent: 0 }),
  read: () => ({
    answer: 'own',
    trailingMilliseconds: 0,
    latencyMilliseconds: 20,
    processingMilliseconds: 100,
  }),
};
