import { isCalendarDate, momentIn } from '@mispriced/core';
import type { TaggedPlace } from '../cloud/preview-groups.ts';

const dayMilliseconds = 86_400_000;

/**
 * When a tag's `expiry` is over: a moment at itself, a day at its end. Null for anything else.
 */
export function expiryOf(tag: string | undefined): Date | null {
  if (tag === undefined) return null;
  if (isCalendarDate(tag)) return new Date(Date.parse(`${tag}T00:00:00Z`) + dayMilliseconds);
  return momentIn(tag);
}

/** The last of the moments that places' tags name; null where none names any. */
export function latestExpiry(places: readonly Pick<TaggedPlace, 'tags'>[]): Date | null {
  const moments = places.flatMap(({ tags }) => expiryOf(tags['expiry'])?.getTime() ?? []);
  return moments.length === 0 ? null : new Date(Math.max(...moments));
}
