import type { CalendarDate } from '@mispriced/core';

const pacific = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  timeZoneName: 'longOffset',
});

/**
 * A moment of a day where LendingClub was, in the form in which its API wrote dates.
 *
 * @param time `hh:mm:ss`, local.
 * @returns ISO 8601 with milliseconds and the offset of that day: `2010-12-15T10:00:00.000-08:00`.
 */
export function pacificTime(day: CalendarDate, time = '00:00:00'): string {
  const parts = pacific.formatToParts(new Date(`${day}T${time}-08:00`));
  const zone = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  return `${day}T${time}.000${zone.replace('GMT', '')}`;
}
