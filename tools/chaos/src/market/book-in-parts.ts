import { parseMoney, type Money } from '@mispriced/core';
import type { MarketState } from '@mispriced/market/lendingclub/parts';
import type { Account } from './account.ts';
import type { bookOrders } from './book-orders.ts';
import type { MarketDesk } from './market-desk.ts';
import type { OrderRecord } from './market-history.ts';

type Note = MarketState['notes'][number];

const cent = parseMoney('0.01');

/**
 * Books orders bit by bit. What they cost in all is gone from the account at once, as a market reserves
 * it; a note of each shows with each part.
 *
 * @param args.executed the orders as they would be booked in one piece.
 * @returns books the next part, now.
 */
export function bookInParts(args: {
  readonly desk: MarketDesk;
  readonly order: OrderRecord;
  readonly executed: ReturnType<typeof bookOrders>;
  readonly parts: number;
}): () => void {
  const { desk, order, executed, parts } = args;
  const { time, timeline } = desk;
  const before = timeline.latest();
  const whole = executed.account.state;
  const notes = whole.notes.slice(before.state.notes.length);
  let part = 0;
  return () => {
    const now = time.nowMilliseconds();
    const account: Account =
      part === 0
        ? { ...executed.account, state: { ...whole, notes: before.state.notes } }
        : timeline.latest();
    let { state } = account;
    const booked = notes.map((note) => {
      const invested = partOf(note.invested, part, parts);
      const noteId = state.nextNoteId;
      state = withNote(state, { ...note, noteId, invested, at: new Date(now).toISOString() });
      const fill = executed.booked.find(({ loanId }) => loanId === note.loanId)?.fill ?? 'as-asked';
      const { loanId, requested } = note;
      return { loanId, requested, amount: invested, noteId, fill, atMilliseconds: now };
    });
    part += 1;
    if (booked.length === 0) return;
    timeline.commit({ ...account, state });
    order.booked = [...order.booked, ...booked];
    order.bookedAtMilliseconds = now;
  };
}

/** The first parts in whole cents, the last one with what is left of them. */
function partOf(whole: Money, part: number, parts: number): Money {
  const each = whole.dividedBy(parts).dividedBy(cent).floor().times(cent);
  return part === parts - 1 ? whole.minus(each.times(parts - 1)) : each;
}

function withNote(state: MarketState, note: Note): MarketState {
  return { ...state, notes: [...state.notes, note], nextNoteId: state.nextNoteId + 1 };
}
