import { createHash } from 'node:crypto';

/** A mark of an account at a venue, 16 hex digits: the same for the same account, and not its id. */
export function accountMarkOf(venue: string, accountId: string): string {
  return createHash('sha256').update(`${venue}|${accountId}`, 'utf8').digest('hex').slice(0, 16);
}
