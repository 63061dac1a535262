import type { TypedData } from '../worker/protocol.ts';
import { type ScheduleStatus, scheduleStatusToJson } from './schedule-status.ts';

/** What a timer's handler is given; the library turns the names to lower case at the front. */
export function timerInput(args: {
  readonly adjustForDst: boolean;
  readonly isPastDue: boolean;
  readonly scheduleStatus: ScheduleStatus | null;
}): TypedData {
  const { scheduleStatus } = args;
  return {
    json: JSON.stringify({
      Schedule: { AdjustForDST: args.adjustForDst },
      ScheduleStatus: scheduleStatus === null ? null : scheduleStatusToJson(scheduleStatus),
      IsPastDue: args.isPastDue,
    }),
  };
}
