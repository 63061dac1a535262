import { waitUntil } from '@mispriced/azure';
import type { LoadedConfig } from '@mispriced/config';
import { createJobSchedule } from '@mispriced/config';
import {
  booksOf,
  containers,
  createLedgerStore,
  MispricedError,
  readRuns,
  type ObjectStore,
} from '@mispriced/core';
import type { DeployDependencies } from '../azure/deploy-dependencies.ts';

/**
 * A deployment restarts the app: it leaves a slot this much room before it, in seconds. As long as
 * Azure is given to put a package in place, and two minutes for the app to start.
 */
const roomBeforeSlotSeconds = 720;
/** So long after its slot a run may not have begun yet. */
const roomAfterSlotSeconds = 90;
const pollMilliseconds = 5000;
const leaseSeconds = 15;

/**
 * Waits until no run is under way and no slot is nearly due, since a deployment kills what runs.
 * Needs Storage Blob Data Contributor, for the lease that a run holds.
 *
 * @throws MispricedError `DEPLOYMENT_BUSY` when that takes longer than a run may.
 */
export async function waitForQuiet(args: {
  config: LoadedConfig;
  objects: ObjectStore;
  dependencies: Pick<DeployDependencies, 'now' | 'sleep' | 'onProgress'>;
}): Promise<void> {
  const { config, dependencies } = args;
  const timeoutSeconds =
    roomBeforeSlotSeconds + roomAfterSlotSeconds + config.values.run.timeoutSeconds;
  let reason = '';
  const quiet = await waitUntil({
    clock: dependencies,
    limit: { seconds: timeoutSeconds },
    pollMilliseconds,
    ask: async () => {
      // Near a slot the lease is left alone: to look is to take it, and a run could find it taken.
      const found = slotNearlyDue(config, dependencies.now()) ?? (await runUnderWay(args));
      if (found === null) return true;
      if (found !== reason) dependencies.onProgress(`waiting: ${found}`);
      reason = found;
      return null;
    },
  });
  if (quiet !== null) return;
  throw new MispricedError({
    code: 'DEPLOYMENT_BUSY',
    message: `Nothing was sent: ${reason}, for more than ${timeoutSeconds} seconds.`,
    fix: 'Try later, or send it all the same with --now: a run that is killed is settled by the next one.',
    retryable: true,
  });
}

/**
 * Waits until a run that is under way has ended, however near the next slot is: for a rollback, which
 * is not to leave code in place that is not well. A run that takes longer than it may is not waited
 * for. Needs Storage Blob Data Contributor, as above.
 */
export async function waitForRunEnd(args: {
  config: LoadedConfig;
  objects: ObjectStore;
  dependencies: Pick<DeployDependencies, 'now' | 'sleep' | 'onProgress'>;
}): Promise<void> {
  const { dependencies } = args;
  const { timeoutSeconds } = args.config.values.run;
  let reason = '';
  const ended = await waitUntil({
    clock: dependencies,
    limit: { seconds: timeoutSeconds },
    pollMilliseconds,
    ask: async () => {
      const found = await runUnderWay(args);
      if (found === null) return true;
      if (found !== reason) dependencies.onProgress(`waiting: ${found}`);
      reason = found;
      return null;
    },
  });
  if (ended === null) {
    dependencies.onProgress(`${reason}, longer than it may: it is not waited for any more`);
  }
}

/** A run holds the account's lease for as long as it lives; a killed one loses it within seconds. */
async function runUnderWay(args: {
  config: LoadedConfig;
  objects: ObjectStore;
}): Promise<string | null> {
  const { objects } = args;
  const { run, venue } = args.config.values;
  const account = booksOf(venue.account, run.mode);
  const lease = await objects.acquireLease(containers.control, `${account}/run`, leaseSeconds);
  if (lease !== null) {
    await lease.release();
    return null;
  }
  const runs = readRuns(await createLedgerStore({ objects, account }).read());
  const open = runs.findLast(({ finished }) => finished === null);
  return open === undefined ? 'a run is under way' : `the run ${open.started.runId} is under way`;
}

function slotNearlyDue(config: LoadedConfig, now: Date): string | null {
  const { dailyTrade, timeZone } = config.values.schedule;
  const schedule = createJobSchedule({ schedule: dailyTrade, timeZone, now });
  const before = schedule.slotAtOrBefore(now);
  if (before !== null && now.getTime() - before.getTime() < roomAfterSlotSeconds * 1000) {
    return `the slot ${before.toISOString()} has just come`;
  }
  const after = schedule.slotAfter(now);
  if (after === null || after.getTime() - now.getTime() >= roomBeforeSlotSeconds * 1000)
    return null;
  return `the slot ${after.toISOString()} is nearly due`;
}
