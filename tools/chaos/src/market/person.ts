import { shareOfMoney, zeroMoney } from '@mispriced/core';
import type { Chance } from '../random/chance.ts';
import { type NoteFate, withFate } from './account.ts';
import { bookOrders } from './book-orders.ts';
import type { MarketDesk } from './market-desk.ts';
import type { PersonRecord, RequestRecord } from './market-history.ts';
import { marketTimeAt } from './market-view.ts';

/** Something that happens in the account without the product. */
export interface PersonAction {
  readonly atMilliseconds: number;
  /** `buy-same`: of a loan that was ordered already. The last three befall a note. */
  readonly deed: 'buy-same' | 'buy-other' | NoteFate;
  /** Which loan or note of those there are by then, 0 up to but without 1. */
  readonly which: number;
  /** What is bought, in steps of 25 dollars. */
  readonly steps: number;
}

/** Draws what a person does between two moments. */
export function drawPersonActions(
  chance: Chance,
  args: {
    readonly fromMilliseconds: number;
    readonly untilMilliseconds: number;
    readonly most: number;
  },
): readonly PersonAction[] {
  const count = chance.integer(0, args.most);
  return Array.from({ length: count }, (_, index) => {
    const stream = chance.split(index);
    return {
      atMilliseconds: stream.integer(args.fromMilliseconds, args.untilMilliseconds),
      deed: stream.weighted<PersonAction['deed']>([
        ['buy-same', 4],
        ['buy-other', 2],
        ['repaid', 1],
        ['charged-off', 1],
        ['sold', 1],
      ]),
      which: stream.next(),
      steps: stream.integer(1, 4),
    };
  });
}

/** Does it now; null where there is nothing that it could be done to. */
export function actAsPerson(
  desk: MarketDesk,
  action: PersonAction,
  requests: readonly Readonly<RequestRecord>[],
): PersonRecord | null {
  if (action.deed !== 'buy-same' && action.deed !== 'buy-other') {
    return endNote(desk, action.deed, action);
  }
  const ordered = new Set(
    requests.flatMap(({ order }) => order?.asked.map(({ loanId }) => loanId) ?? []),
  );
  const loanIds = [...desk.identity.offers.keys()].filter(
    (loanId) => ordered.has(loanId) === (action.deed === 'buy-same'),
  );
  const loanId = chosen(loanIds, action.which);
  return loanId === null ? null : buy(desk, loanId, action.steps);
}

function buy(
  { time, timeline, ...desk }: MarketDesk,
  loanId: number,
  steps: number,
): PersonRecord | null {
  const now = time.nowMilliseconds();
  const orders = [{ loanId, requestedAmount: 25 * steps }];
  const { account, booked } = bookOrders(timeline.latest(), orders, {
    offers: desk.identity.offers,
    declaration: { settleWithinSeconds: 0, mostFilled: (requested) => requested },
    fillOf: () => ({ fill: 'as-asked', extent: 0 }),
    marketTime: marketTimeAt(now),
    atMilliseconds: now,
  });
  const [note] = booked;
  if (note === undefined) return null;
  timeline.commit(account);
  const { noteId, amount } = note;
  return { atMilliseconds: now, did: 'bought', loanId, noteId, amount };
}

function endNote(
  { time, timeline }: MarketDesk,
  did: NoteFate,
  action: PersonAction,
): PersonRecord | null {
  const account = timeline.latest();
  const held = account.state.notes.filter(({ noteId }) => !account.fates.has(noteId));
  const note = chosen(held, action.which);
  if (note === null) return null;
  const { noteId, loanId, invested } = note;
  const proceeds = {
    repaid: invested,
    sold: shareOfMoney(invested, '0.95'),
    'charged-off': zeroMoney,
  };
  timeline.commit(withFate(account, noteId, did, proceeds[did]));
  return { atMilliseconds: time.nowMilliseconds(), did, loanId, noteId, amount: invested };
}

function chosen<Item>(items: readonly Item[], which: number): Item | null {
  return items[Math.floor(which * items.length)] ?? null;
}
