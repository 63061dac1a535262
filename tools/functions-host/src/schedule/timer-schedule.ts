import { nextMoment } from '@mispriced/config/schedule/calendar';
import { type Ncrontab, parseNcrontab, ScheduleError } from '@mispriced/config/schedule/ncrontab';
import { MispricedError } from '@mispriced/core';
import { resolveSettingNames } from './resolve-setting-names.ts';
import { parseTimeSpan } from './time-span.ts';

/** What stands for "never": the last moment that the real host's date type can hold. */
export const endOfTime = new Date('9999-12-31T23:59:59.999Z');

/** When a timer fires: the `schedule` of its trigger, settings put in and read. */
export interface TimerSchedule {
  /** The expression with settings in place of their names. */
  readonly expression: string;
  /** What the handler is told in `timer.schedule.adjustForDST`. */
  readonly adjustForDst: boolean;
  nextOccurrence(base: Date): Date;
  /** Whether it fires more than once in the minute after `base`. */
  isSubMinute(base: Date): boolean;
}

/**
 * Reads a trigger's `schedule`: NCRONTAB in UTC, or a duration between two runs, which Azure
 * honours on a dedicated plan only. Source: azure-webjobs-sdk-extensions TimerSchedule.cs.
 *
 * @throws MispricedError `CONFIG_INVALID` saying what is wrong with the expression.
 */
export function createTimerSchedule(args: {
  readonly schedule: string;
  readonly settings: Readonly<Record<string, string>>;
}): TimerSchedule {
  const expression = resolveSettingNames(args.schedule, args.settings);
  const intervalMs = parseTimeSpan(expression);
  if (intervalMs !== null && intervalMs > 0) return constantSchedule(expression, intervalMs);
  try {
    return cronSchedule(expression, parseNcrontab(expression, { strict: false }));
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message:
        `The schedule expression '${expression}' was not recognized as a valid cron expression ` +
        `or timespan string. It must be ${error.message}.`,
      fix: 'Write six fields: second, minute, hour, day, month, day of week, as in "0 30 9 * * 1-5".',
      cause: error,
    });
  }
}

function cronSchedule(expression: string, cron: Ncrontab): TimerSchedule {
  const nextOccurrence = (base: Date): Date => nextMoment(cron, base) ?? endOfTime;
  return {
    expression,
    adjustForDst: true,
    nextOccurrence,
    isSubMinute: (base) => {
      const second = nextOccurrence(nextOccurrence(base));
      // The end of the minute counts: the real host's `now` is never on the millisecond.
      return second.getTime() <= base.getTime() + 60_000;
    },
  };
}

function constantSchedule(expression: string, intervalMs: number): TimerSchedule {
  return {
    expression,
    adjustForDst: false,
    nextOccurrence: (base) => new Date(base.getTime() + intervalMs),
    isSubMinute: () => intervalMs < 60_000,
  };
}
