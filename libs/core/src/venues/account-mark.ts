import { createHash } from 'node:crypto';
import { isLoopbackHost } from '../domain/loopback.ts';

/**
 * A mark of an account at a venue, 16 hex digits: the same for the same account, and not its id. A
 * sandbox may number its accounts like the real market, so that the host belongs to it; all loopback
 * addresses are one host.
 */
export function accountMarkOf(venue: string, host: string, accountId: string): string {
  const where = isLoopbackHost(host) ? 'loopback' : host;
  const text = [venue, where, accountId].join('|');
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16);
}
