import { createJobSchedule } from '../schedule/job-schedule.ts';
import { ScheduleError } from '../schedule/schedule-error.ts';
import { rule } from './rule.ts';

const schedules = ['schedule.daily_trade', 'schedule.refresh_data'] as const;

/** Schedules in a time zone, and own data that names a secret. */
export const dataRules = [
  ...schedules.map((key) =>
    rule([key, 'schedule.time_zone'], (values) => {
      const timeZone = values['schedule.time_zone'];
      try {
        // Any moment will do: whether a schedule is daily does not depend on it.
        createJobSchedule({ schedule: values[key], timeZone, now: new Date(0) });
        return undefined;
      } catch (error) {
        if (!(error instanceof ScheduleError)) throw error;
        return {
          key,
          message: `${JSON.stringify(values[key])} must be ${error.message}.`,
          fix: 'Make the schedule daily, or take schedule.time_zone away.',
        };
      }
    }),
  ),
  rule(['own_data', 'secrets'], ({ own_data: sets, secrets }) =>
    sets
      .filter((set) => set.urlSecret !== undefined && !Object.hasOwn(secrets, set.urlSecret))
      .map((set) => ({
        key: 'own_data' as const,
        message: `The data set ${set.name} has its address in the secret secrets.${set.urlSecret ?? ''}, which no layer sets.`,
        fix: `Give it with \`npx mispriced secrets set secrets.${set.urlSecret ?? ''}\`, or on your own machine in config/local.yaml.`,
      })),
  ),
];
