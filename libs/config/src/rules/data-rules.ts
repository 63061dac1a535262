import { parseNcrontab, ScheduleError } from '../schedule/ncrontab.ts';
import { oneTimeOfDay } from '../schedule/time-of-day.ts';
import type { ValuesByKey } from '../schema/config-schema.ts';
import { rulesOver } from './rule.ts';

const rule = rulesOver<ValuesByKey>();

const schedules = ['schedule.daily_trade', 'schedule.refresh_data'] as const;

/** Schedules in a time zone, and own data that names a secret. */
export const dataRules = [
  ...schedules.map((key) =>
    rule([key, 'schedule.time_zone'], (values) => {
      if (values['schedule.time_zone'] === undefined) return undefined;
      try {
        oneTimeOfDay(parseNcrontab(values[key], { strict: true }));
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
