import type { HttpResponse } from '@mispriced/loopback-server';
import type { Market } from '../market.ts';
import { refusal } from './api-errors.ts';

/**
 * Why a request goes no further: a wrong key, too many requests, an account that is not there; null
 * where it does. LendingClub says only that a request over its limit "will result in a time out
 * response"; the status is this market's choice, and no client may conclude from it that an order
 * was not taken.
 */
export function refuseAccess(
  market: Market,
  key: string | undefined,
  account: string | null,
): HttpResponse | null {
  const isValid = key === market.accessKey || (key !== undefined && market.otherKeys.has(key));
  if (!isValid) return refusal(403, 'forbidden', 'The API key is not valid.');
  if (!market.limit.admit()) {
    return refusal(504, 'time-out', 'More requests than the limit allows; this one did nothing.');
  }
  if (account !== null && account !== String(market.accountId)) {
    return refusal(404, 'not-found', 'There is no such account.');
  }
  return null;
}
