import { app } from '@azure/functions';
import { jobSchedules } from '../job-schedules.ts';
import { refreshOwnData } from '../refresh-own-data.ts';

const { refreshData } = await jobSchedules();

if (refreshData !== null) {
  app.timer('refresh-data', {
    schedule: refreshData.timer,
    retry: { strategy: 'fixedDelay', maxRetryCount: 3, delayInterval: { minutes: 5 } },
    handler: (timer, context) =>
      refreshOwnData({
        schedule: refreshData,
        isPastDue: timer.isPastDue,
        log: (message) => {
          context.log(message);
        },
      }),
  });
}
