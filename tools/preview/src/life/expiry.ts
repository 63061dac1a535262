import type { TaggedPlace } from '../cloud/preview-groups.ts';

const dayMilliseconds = 86_400_000;

/**
 * When a tag's `expiry` is over: a moment at itself, a day at its end. Null for anything else.
 */
export function expiryOf(tag: string | undefined): Date | null {
  if (tag === undefined) return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(tag)) {
    const start = new Date(`${tag}T00:00:00Z`).getTime();
    return Number.isNaN(start) ? null : new Date(start + dayMilliseconds);
  }
  const moment = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(tag) ? new Date(tag) : null;
  return moment === null || Number.isNaN(moment.getTime()) ? null : moment;
}

/** The last of the moments that places' tags name; null where none names any. */
export function latestExpiry(places: readonly Pick<TaggedPlace, 'tags'>[]): Date | null {
  const moments = places.flatMap(({ tags }) => expiryOf(tags['expiry'])?.getTime() ?? []);
  return moments.length === 0 ? null : new Date(Math.max(...moments));
}
