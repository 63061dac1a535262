import type { AccountName } from '../history/history-plan.ts';
import type { BookedOrder, RequestRecord } from '../market/market-history.ts';
import type { PlayedHistory, PlayedRun } from '../play/played-history.ts';
import { centsOf, sumCents } from './cents.ts';
import { textOf } from './read-lines.ts';
import type { KnownOrder } from './known-order.ts';

/** One order of one request, with what the market made of it and the intent that it belongs to. */
export interface SentOrder {
  readonly host: string;
  readonly account: AccountName;
  readonly atMilliseconds: number;
  readonly request: number;
  /** What the market knows of it; null where it never got there. */
  readonly record: RequestRecord | null;
  /** The parts in which it was booked, in their order. */
  readonly booked: readonly BookedOrder[];
  readonly listingId: string;
  readonly bookedCents: number;
  readonly run: PlayedRun | null;
  /** The intent that was in the ledger as it was handed over, and is of the slot that its host ran. */
  readonly known: KnownOrder | null;
  /**
   * Bought, sold by a person before a reading showed it, and then called refused: the market's
   * API shows nothing of it, so that nobody could know.
   */
  readonly isSoldUnseen: boolean;
}

/** What parts of an order come to. */
export function centsOfParts(booked: readonly BookedOrder[]): number {
  return sumCents(booked.map(({ amount }) => centsOf(amount.toFixed(2))));
}

/** Every order that was handed to the network, joined to its intent by the slot that its host ran. */
export function sentOrders(
  history: PlayedHistory,
  known: readonly KnownOrder[],
): readonly SentOrder[] {
  return history.sent.flatMap((sent, position) => {
    const run = history.runs.find(({ plan }) => plan.host === sent.host) ?? null;
    const market = history.markets.get(sent.account);
    const earlier = history.sent.slice(0, position).filter(({ host }) => host === sent.host).length;
    const request = market?.requests.filter(
      ({ host, method }) => host === sent.host && method === 'POST',
    )[earlier];
    const asked = JSON.parse(sent.body) as { orders: { loanId: number }[] };
    return asked.orders.map(({ loanId }): SentOrder => {
      const listingId = String(loanId);
      const booked = request?.order?.booked.filter((each) => each.loanId === loanId) ?? [];
      const intent = known.find(
        (order) =>
          order.account === sent.account &&
          order.listingId === listingId &&
          run !== null &&
          Date.parse(order.slot) === Date.parse(run.plan.slot) &&
          order.intent.offset < (sent.ledgerLengths.get(order.intent.path) ?? 0),
      );
      const soldAt = market?.person
        .filter(
          ({ did, noteId }) => did === 'sold' && booked.some((each) => each.noteId === noteId),
        )
        .map((each) => each.atMilliseconds);
      const refusedAt = intent?.results
        .filter((line) => textOf(line, 'outcome') === 'refused')
        .map((line) => Date.parse(textOf(line, 'at')));
      return {
        isSoldUnseen: soldAt?.some((sold) => refusedAt?.some((refused) => sold < refused)) === true,
        host: sent.host,
        account: sent.account,
        atMilliseconds: sent.atMilliseconds,
        request: request?.number ?? 0,
        record: request ?? null,
        booked,
        listingId,
        bookedCents: centsOfParts(booked),
        run,
        known: intent ?? null,
      };
    });
  });
}
