import type { JobSchedule, LoadedConfig } from '@mispriced/config';
import {
  mayRunAgain,
  MispricedError,
  runSlot,
  type Lateness,
  type RunSummary,
} from '@mispriced/core';
import { composeRun } from './compose.ts';
import { loadAppConfig } from './config-source.ts';
import { dueSlot } from './due-slot.ts';

/**
 * What the timer does: runs the strategy for the slot that is due.
 *
 * @returns The run's summary; null where the timer fired at the other UTC time of a local schedule.
 * @throws MispricedError for a run that failed before it ordered anything and may succeed later: the
 * platform then tries again, and the ledger lets it.
 */
export async function runDailyTrade(args: {
  schedule: JobSchedule;
  isPastDue: boolean;
  log: (message: string) => void;
}): Promise<RunSummary | null> {
  const { isPastDue, log } = args;
  const config = await loadAppConfig();
  for (const notice of config.notices) log(notice);
  const now = new Date();
  const byHand = config.values.run.slot === undefined ? null : new Date(config.values.run.slot);
  const slot = byHand ?? dueSlot({ schedule: args.schedule, now, isPastDue });
  if (slot === null) return null;

  const { settings, dependencies } = await composeRun({
    config,
    slot,
    lateness: byHand === null ? latenessOf(config, slot, now) : null,
    dependencies: {
      fetch,
      now: () => new Date(),
      random: Math.random,
      sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      onProgress: log,
    },
  });
  const summary = await runSlot(settings, dependencies);
  log(`${summary.runId}: ${summary.status}, bought ${summary.bought} for ${summary.spent} dollars`);
  if (summary.error !== null) {
    log(`${summary.error.code}: ${summary.error.message} What to do: ${summary.error.fix}`);
    if (mayRunAgain(summary)) throw new MispricedError({ ...summary.error, retryable: true });
  }
  return summary;
}

/** A run that begins long after its slot follows `run.late_policy`. */
function latenessOf(config: LoadedConfig, slot: Date, now: Date): Lateness | null {
  const { latePolicy, lateAfterSeconds } = config.values.run;
  const lateSeconds = Math.round((now.getTime() - slot.getTime()) / 1000);
  return lateSeconds > lateAfterSeconds ? { lateSeconds, policy: latePolicy } : null;
}
