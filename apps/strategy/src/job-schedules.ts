import { asMispricedError } from '@mispriced/core';
import { createJobSchedule, type JobSchedule } from '@mispriced/config';
import { loadAppConfig } from './config-source.ts';

/** When the jobs are due; null where the configuration is broken. */
export interface JobSchedules {
  readonly dailyTrade: JobSchedule | null;
  readonly refreshData: JobSchedule | null;
}

let schedules: Promise<JobSchedules> | null = null;

/**
 * The schedules to register the timers with. A broken configuration registers no timer: nothing may
 * trade on it. The function `status` is there all the same and says what is wrong.
 */
export function jobSchedules(): Promise<JobSchedules> {
  return (schedules ??= readSchedules());
}

async function readSchedules(): Promise<JobSchedules> {
  try {
    const { dailyTrade, refreshData, timeZone } = (await loadAppConfig('not-read')).values.schedule;
    const now = new Date();
    return {
      dailyTrade: createJobSchedule({ schedule: dailyTrade, timeZone, now }),
      refreshData: createJobSchedule({ schedule: refreshData, timeZone, now }),
    };
  } catch (error) {
    console.error(asMispricedError(error).message);
    return { dailyTrade: null, refreshData: null };
  }
}
