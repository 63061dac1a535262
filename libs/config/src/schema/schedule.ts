import { z } from 'zod';
import { parseSchedule } from '../schedule/parse-schedule.ts';
import { ScheduleError } from '../schedule/schedule-error.ts';
import { parseTimeZone } from '../schedule/time-zone.ts';
import { setting } from './setting.ts';

/** Text checked by a function that throws a `ScheduleError`, whose message completes "… must be". */
function checkedText(parse: (text: string) => string) {
  return z.string({ error: 'a text' }).transform((text, context): string => {
    try {
      return parse(text.trim());
    } catch (error) {
      if (!(error instanceof ScheduleError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });
}

const scheduleText = () => checkedText((text) => parseSchedule(text).text);

export const scheduleSection = z.strictObject({
  daily_trade: setting(scheduleText(), {
    about: 'When the strategy trades: six fields, seconds first, UTC unless `time_zone` is set',
  }),
  refresh_data: setting(scheduleText(), {
    about: 'When own data is fetched, in the same form',
  }),
  time_zone: setting(checkedText(parseTimeZone).optional(), {
    about: 'Time zone of the schedules (IANA name); they must be daily then',
  }),
});
