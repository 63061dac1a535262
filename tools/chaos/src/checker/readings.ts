import type { MarketHistory } from '../market/market-history.ts';
import type { PlayedHistory } from '../play/played-history.ts';

/** A reading of the account that reached a host. */
export interface Reading {
  /** When the market had answered, true time. */
  readonly endedAt: number;
  /** The moment whose state it showed. */
  readonly asOf: number;
}

/**
 * The readings that have reached a host, and that its storage did not keep it from writing down: one
 * that was told that it cannot keep its lease writes nothing more.
 */
export function readingsOf(
  { storageRequests }: PlayedHistory,
  { requests }: MarketHistory,
  host: string,
): readonly Reading[] {
  const own = storageRequests.filter((each) => each.host === host);
  if (own.some(({ operation, status }) => operation === 'renew-lease' && status === 409)) return [];
  const failed = own.findLast(({ status }) => status === null || status >= 400);
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
