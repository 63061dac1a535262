import { MispricedError } from '@mispriced/core';
import { z } from 'zod';

/** What a host remembers of a timer between its lives. */
export interface ScheduleStatus {
  /** Start of the last run, `beginningOfTime` before the first. */
  readonly last: Date;
  /** When it is due next. */
  readonly next: Date;
  /** The moment from which `next` was reckoned. */
  readonly lastUpdated: Date;
}

/** What stands for "not yet": the first moment that the real host's date type can hold. */
export const beginningOfTime = new Date('0001-01-01T00:00:00.000Z');
const unsetBefore = new Date('0002-01-01T00:00:00.000Z').getTime();

/** Whether a moment was ever set. */
export function isSet(moment: Date): boolean {
  return moment.getTime() > unsetBefore;
}

const storedStatus = z.object({ Last: z.string(), Next: z.string(), LastUpdated: z.string() });

/** The name of the blob that holds a timer's status, in the container of the hosts. */
export function scheduleStatusBlobName(args: {
  readonly hostId: string;
  readonly functionName: string;
}): string {
  return `timers/${args.hostId}/Host.Functions.${args.functionName}/status`;
}

/** The status as the real host stores it and as a handler is given it. */
export function scheduleStatusToJson(status: ScheduleStatus): {
  readonly Last: string;
  readonly Next: string;
  readonly LastUpdated: string;
} {
  return {
    Last: formatMoment(status.last),
    Next: formatMoment(status.next),
    LastUpdated: formatMoment(status.lastUpdated),
  };
}

/**
 * Reads a stored status, also one that Azure wrote.
 *
 * @throws MispricedError `DATA_INVALID` when the blob holds anything else.
 */
export function parseScheduleStatus(text: string): ScheduleStatus {
  try {
    const stored = storedStatus.parse(JSON.parse(text));
    return {
      last: parseMoment(stored.Last),
      next: parseMoment(stored.Next),
      lastUpdated: parseMoment(stored.LastUpdated),
    };
  } catch (error) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `A timer's status blob does not hold a status: ${text.slice(0, 200)}`,
      fix: 'Delete the blob; the timer then starts as if for the first time.',
      cause: error,
    });
  }
}

/** UTC with an offset written out and no idle fraction: `2026-11-02T15:25:03+00:00`. */
function formatMoment(moment: Date): string {
  return moment.toISOString().replace(/\.?0*Z$/, '+00:00');
}

function parseMoment(text: string): Date {
  const hasOffset = /(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  const moment = new Date(hasOffset ? text : `${text}Z`);
  if (Number.isNaN(moment.getTime())) throw new RangeError(`${text} is no moment.`);
  return isSet(moment) ? moment : beginningOfTime;
}
