import { parseSchedule, type JobSchedule } from '@mispriced/config';

/** Timers may fire a little before their moment. */
const earlyMilliseconds = 1000;

/**
 * Which slot a firing of the timer is for; null when none is due, because in a time zone the timer
 * fires at every UTC time that the local time can be, and only one of them is right.
 *
 * A firing that is past due stands for the latest slot that was missed: what became of it is in the
 * ledger.
 */
export function dueSlot(args: {
  schedule: JobSchedule;
  now: Date;
  isPastDue: boolean;
}): Date | null {
  const { schedule, isPastDue } = args;
  const now = new Date(args.now.getTime() + earlyMilliseconds);
  if (isPastDue) return schedule.slotAtOrBefore(now);
  const fired = parseSchedule(schedule.timer).previous(now);
  return fired !== null && schedule.isDueSlot(fired) ? fired : null;
}
