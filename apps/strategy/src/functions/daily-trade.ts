import { app } from '@azure/functions';
import { jobSchedules } from '../job-schedules.ts';
import { runDailyTrade } from '../run-daily-trade.ts';

const { dailyTrade } = await jobSchedules();

if (dailyTrade !== null) {
  app.timer('daily-trade', {
    schedule: dailyTrade.timer,
    // A retry finds the first attempt in the ledger: only a run that ordered nothing is run again.
    retry: { strategy: 'fixedDelay', maxRetryCount: 3, delayInterval: { minutes: 2 } },
    handler: (timer, context) =>
      runDailyTrade({
        schedule: dailyTrade,
        isPastDue: timer.isPastDue,
        log: (message) => {
          context.log(message);
        },
      }),
  });
}
