import type { BookingKind } from './conduct.ts';

/**
 * How long orders wait to be booked, in milliseconds from the end of their attempt (of a slow answer:
 * from its arrival). Within the declaration (in parts, too) is so early that a read that trails shows it in time too.
 *
 * @param args.lateness 0 to 1.
 */
export function bookingDelayMilliseconds(args: {
  readonly booking: BookingKind;
  readonly lateness: number;
  readonly settleWithinSeconds: number;
  readonly longestTrailingMilliseconds: number;
}): number {
  const { booking, lateness } = args;
  const declared = args.settleWithinSeconds * 1000;
  if (booking === 'late-beyond') {
    return Math.round(declared + 1000 + lateness * 3 * Math.max(declared, 60_000));
  }
  if (booking === 'at-once') return 0;
  return Math.floor(lateness * Math.max(0, declared - args.longestTrailingMilliseconds));
}
