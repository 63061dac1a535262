import { MispricedError, type Venue } from '../domain/index.ts';

/**
 * Refuses to go on while a venue takes no orders, by what it declares.
 *
 * @throws MispricedError `VENUE_CLOSED`
 */
export function refuseClosedVenue(venue: Pick<Venue, 'name' | 'declaration'>, now: Date): void {
  if (venue.declaration.isOpenAt(now)) return;
  throw new MispricedError({
    code: 'VENUE_CLOSED',
    message: `${venue.name} takes no orders at ${now.toISOString()}.`,
    fix: 'Nothing has to be done. Where that is so at every run, move schedule.daily_trade into its hours.',
  });
}
