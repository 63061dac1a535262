import type { AccountName } from '../history/history-plan.ts';
import { breachesOf } from '../market/keeps-declaration.ts';
import type { PlayedHistory } from '../play/played-history.ts';
import type { SentOrder } from './sent-order.ts';

/** Where markets did not keep what they declare. A moment that never came is infinite. */
export interface BrokenWords {
  /** For people. */
  readonly facts: readonly string[];
  /** From when on the market of an account had broken its word, true time: of another says nothing. */
  readonly brokenSince: (account: AccountName) => number;
  /** From when on it should have shown an order and did not, true time. */
  readonly lateSince: (order: Pick<SentOrder, 'account' | 'request'>) => number;
}

/** Gathers them, from the markets' books of truth. */
export function brokenWords({ markets }: PlayedHistory): BrokenWords {
  const breaches = [...markets].flatMap(([account, market]) =>
    breachesOf(market).map((breach) => ({ account, ...breach })),
  );
  const first = (found: readonly { readonly atMilliseconds: number }[]): number =>
    Math.min(...found.map(({ atMilliseconds }) => atMilliseconds));
  return {
    facts: breaches.map(({ facts }) => facts),
    brokenSince: (account) => first(breaches.filter((each) => each.account === account)),
    lateSince: ({ account, request }) =>
      first(
        breaches.filter(
          (each) =>
            each.kind !== 'overfilled' && each.account === account && each.request === request,
        ),
      ),
  };
}
