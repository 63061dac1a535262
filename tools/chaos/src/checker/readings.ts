import type { MarketHistory } from '../market/market-history.ts';
import type { PlayedHistory } from '../play/played-history.ts';

/** A reading of the account that reached a host. */
export interface Reading {
  /** When the market had answered, true time. */
  readonly endedAt: number;
  /** The moment whose state it showed. */
  readonly asOf: number;
}

/** The readings that have reached a host, and that its storage did not keep it from writing down. */
export function readingsOf(
  { storageRequests }: PlayedHistory,
  { requests }: MarketHistory,
  host: string,
): readonly Reading[] {
  const failed = storageRequests.findLast(
    (each) => each.host === host && (each.status === null || each.status >= 400),
  );
  const hinderedAt = (failed?.endedAt ?? failed?.sentAt)?.getTime() ?? Number.NEGATIVE_INFINITY;
  return requests.flatMap((each) =>
    each.host === host &&
    /\/(detailed)?notes$/.test(each.path) &&
    each.answer?.kind === 'own' &&
    each.answer.isDelivered &&
    each.endedAtMilliseconds !== null &&
    each.endedAtMilliseconds > hinderedAt &&
    each.shownAsOfMilliseconds !== null
      ? [{ endedAt: each.endedAtMilliseconds, asOf: each.shownAsOfMilliseconds }]
      : [],
  );
}
