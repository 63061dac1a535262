import { MispricedError } from '@mispriced/core';
import { type Ncrontab, nextOccurrence, parseNcrontab } from './ncrontab.ts';
import { resolveSettingNames } from './resolve-setting-names.ts';
import { parseTimeSpan } from './time-span.ts';

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
    return cronSchedule(expression, parseNcrontab(expression));
  } catch (error) {
    if (!(error instanceof MispricedError)) throw error;
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message:
        `The schedule expression '${expression}' was not recognized as a valid cron expression ` +
        `or timespan string. ${error.message}`,
      fix: error.fix,
      cause: error,
    });
  }
}

function cronSchedule(expression: string, cron: Ncrontab): TimerSchedule {
  return {
    expression,
    adjustForDst: true,
    nextOccurrence: (base) => nextOccurrence(cron, base),
    isSubMinute: (base) => {
      const second = nextOccurrence(cron, nextOccurrence(cron, base));
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
