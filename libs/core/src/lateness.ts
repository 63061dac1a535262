import { MispricedError } from './domain/index.ts';
import type { Lateness } from './pipeline-parts.ts';

const deeds = {
  run: 'it trades all the same',
  skip: 'the slot is skipped',
  paper: 'it trades on paper',
};

/** One sentence for the log and the report. */
export function describeLateness({ lateSeconds, policy }: Lateness): string {
  return `The run began ${lateSeconds} seconds after its slot; by run.late_policy ${deeds[policy]}.`;
}

/** Ends a run that began too late to be wanted. */
export function runLate(lateness: Lateness): MispricedError {
  return new MispricedError({
    code: 'RUN_LATE',
    message: describeLateness(lateness),
    fix: 'No further order was sent. Set run.late_policy to run or paper if late runs are wanted.',
  });
}

/** The date of a host, or what was given by hand, may be a little ahead of the store's time. */
const earlyMilliseconds = 300_000;

/**
 * Refuses a live run of a slot that is still to come: a host whose date is wrong, or a slot given by
 * hand, would use the limits of days that have not begun.
 *
 * @param now the store's time
 * @throws MispricedError `RUN_EARLY`
 */
export function refuseEarlyRun(slot: Date, now: Date): void {
  if (slot.getTime() <= now.getTime() + earlyMilliseconds) return;
  throw new MispricedError({
    code: 'RUN_EARLY',
    message: `The slot ${slot.toISOString()} is still to come: it is ${now.toISOString()} by the storage's clock.`,
    fix: 'No order was sent. Set the date of this machine right, or give --slot a moment that has come.',
  });
}

/** Stops a run that has taken too long before its next order. */
export function runTimedOut(timeoutSeconds: number): MispricedError {
  return new MispricedError({
    code: 'RUN_TIMED_OUT',
    message: `The run has taken longer than the ${timeoutSeconds} seconds of run.timeout_seconds.`,
    fix: 'Nothing more was sent. See what was slow in the log, or raise run.timeout_seconds.',
  });
}
