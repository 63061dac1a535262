import { zeroMoney } from '@mispriced/core';
import {
  executeOrders,
  type OrderAnswer,
  type OrderRequest,
  type Offers,
  othersBuyAll,
  type OthersBuy,
  othersLeaveHalf,
} from '@mispriced/market/lendingclub/parts';
import type { Account } from './account.ts';
import { amountToBuy } from './amount-to-buy.ts';
import type { FillConduct, FillKind } from './conduct.ts';
import type { MarketDeclaration } from './declaration.ts';
import type { BookedOrder } from './market-history.ts';

/** How orders are booked. */
export interface BookingRules {
  readonly offers: Offers;
  readonly declaration: MarketDeclaration;
  /** What is bought of the order for a loan. */
  readonly fillOf: (loanId: number) => FillConduct;
  /** As the API writes dates. */
  readonly marketTime: string;
  /** True time. */
  readonly atMilliseconds: number;
}

/** Books orders as they would be booked now; the account that was given stays as it was. */
export function bookOrders(
  account: Account,
  orders: OrderRequest['orders'],
  rules: BookingRules,
): {
  account: Account;
  answer: OrderAnswer;
  booked: readonly BookedOrder[];
  /** Loans that others had bought up just before. */
  gone: readonly number[];
} {
  const { declaration, fillOf } = rules;
  const before = account.state;
  const fillsByLoan = new Map<number, FillKind>();
  const { state, answer } = executeOrders({
    state: before,
    orders,
    offers: rules.offers,
    portfolioIds: new Set(),
    orderDate: rules.marketTime,
    at: new Date(rules.atMilliseconds).toISOString(),
    othersBuy: (turn) => othersOf(fillOf(turn.loanId).fill)(turn),
    round: (requested, loanId) => {
      const { amount, fill } = amountToBuy({ requested, conduct: fillOf(loanId), declaration });
      fillsByLoan.set(loanId, fill);
      return amount;
    },
  });
  const booked = state.notes
    .filter((note) => note.noteId >= before.nextNoteId)
    .map(({ loanId, requested, invested, noteId }) => ({
      loanId,
      requested,
      amount: invested,
      noteId,
      fill: fillsByLoan.get(loanId) ?? 'as-asked',
      atMilliseconds: rules.atMilliseconds,
    }));
  const gone = [...fillsByLoan].filter(([, fill]) => fill === 'gone').map(([loanId]) => loanId);
  return { account: { ...account, state }, answer, booked, gone };
}

const othersBuyNothing: OthersBuy = () => zeroMoney;

function othersOf(fill: FillKind): OthersBuy {
  if (fill === 'gone') return othersBuyAll;
  return fill === 'partly' ? othersLeaveHalf : othersBuyNothing;
}
