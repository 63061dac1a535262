import { waitUntil } from '@mispriced/azure';
import { acquireRunLease, MispricedError, oneClock, type RunLease } from '@mispriced/core';
import type { Site } from '../azure/site.ts';
import { slotInDanger } from './next-slot.ts';
import type { RecordedRestart, RestartWork } from './rotation-work.ts';

/** An app that was told to start again is awaited no longer than this with the lease in hand. */
const downSeconds = 60;

/**
 * Does what restarts an app at a moment when that costs no run: no slot is near, and the lease that a
 * run holds is held meanwhile, so that none is at work and none begins. An app that is seen to be down,
 * for it has no code or no key that lives, has no run to lose; one that cannot be asked is not touched,
 * unless no key lives that it could have.
 *
 * @throws MispricedError `ROTATION_BUSY` where such a moment does not come.
 */
export async function restartApp(
  work: RestartWork,
  site: Site,
  restart: () => Promise<void>,
): Promise<void> {
  const isOwn = site === work.environment.home.site;
  const { lease, since: from } = isOwn ? await awaitQuiet(work, site) : withoutRuns(work);
  try {
    if (openRestart(work, site.name) === undefined) {
      work.restarts.push({ app: site.name, from: from.toISOString(), until: null });
    }
    const since = work.dependencies.now();
    work.toldAt.set(site.name, since);
    await restart();
    if (lease !== null) await waitUntilDown(work, site, since);
  } finally {
    // A release that fails lapses within seconds.
    await lease?.release().catch(() => undefined);
  }
}

/** A moment to restart in, since when no run can begin. */
interface Quiet {
  readonly lease: RunLease | null;
  readonly since: Date;
}

const withoutRuns = ({ dependencies }: RestartWork): Quiet => ({
  lease: null,
  since: dependencies.now(),
});

/** Waits for a moment without a slot near and without a run, and takes the lease that keeps it so. */
async function awaitQuiet(work: RestartWork, site: Site): Promise<Quiet> {
  const isAtWork = await site.isAtWork(work.timeouts).catch((error: unknown) => {
    if (work.allKeysDead) return false;
    throw error;
  });
  // One that was started again just now may be at work any moment: what it runs is known by then.
  const wasTold = openRestart(work, site.name) !== undefined;
  if (!isAtWork && !wasTold) return withoutRuns(work);
  const account = isAtWork ? await site.account(work.timeouts) : site.knownAccount();
  for (;;) {
    if (isAtWork) await waitForSlot(work, site);
    const lease = account === null ? null : await takeRunLease(work, account);
    const since = work.dependencies.now();
    // Time passed while a run ended: the next slot may have come near meanwhile.
    if (!isAtWork || (await slotNear(work, site)) === null) return { lease, since };
    await lease?.release().catch(() => undefined);
  }
}

/**
 * The platform answers before it restarts an app: until the old process is gone, no run may begin in
 * it. One that waits for the lease dies with it and has done nothing.
 */
async function waitUntilDown(work: RestartWork, site: Site, since: Date): Promise<void> {
  const { dependencies, timeouts } = work;
  const isDown = await waitUntil({
    clock: dependencies,
    limit: { seconds: Math.min(downSeconds, timeouts.appSeconds) },
    pollMilliseconds: Math.min(timeouts.pollMilliseconds, 500),
    ask: async () => {
      const host = await site.hostState();
      const uptime = host?.processUptime ?? null;
      if (uptime !== null)
        return dependencies.now().getTime() - uptime >= since.getTime() ? true : null;
      const isGone = host === null && !(await site.isAtWork(timeouts).catch(() => true));
      return isGone ? true : null;
    },
  });
  if (isDown === null) {
    dependencies.onProgress(
      `${site.name} was not seen to start again; a run that begins now may be cut off and is then taken up by the next`,
    );
  }
}

/** When an app was first told to start again and has not been seen working since. */
function openRestart(work: RestartWork, app: string): RecordedRestart | undefined {
  return work.restarts.find((each) => each.app === app && each.until === null);
}

/** Notes that an app is seen working again. */
export function endRestart(work: RestartWork, app: string): void {
  const open = openRestart(work, app);
  if (open !== undefined) open.until = work.dependencies.now().toISOString();
}

async function slotNear(work: RestartWork, site: Site): Promise<Date | null> {
  const { dependencies, marginSeconds } = work;
  return slotInDanger({ settings: await site.settings(), now: dependencies.now(), marginSeconds });
}

async function waitForSlot(work: RestartWork, site: Site): Promise<void> {
  const { dependencies, timeouts, marginSeconds } = work;
  const settings = await site.settings();
  let said = false;
  const quiet = await waitUntil({
    clock: dependencies,
    limit: { seconds: timeouts.quietSeconds },
    pollMilliseconds: timeouts.pollMilliseconds,
    ask: () => {
      const slot = slotInDanger({ settings, now: dependencies.now(), marginSeconds });
      if (slot !== null && !said) {
        said = true;
        dependencies.onProgress(
          `waiting: the slot ${slot.toISOString()} is too near for a restart`,
        );
      }
      return Promise.resolve(slot === null ? true : null);
    },
  });
  if (quiet === null) throw busy('slots follow one another too closely for the margin');
}

async function takeRunLease(work: RestartWork, account: string): Promise<RunLease> {
  const { dependencies, timeouts, environment } = work;
  const lease = await acquireRunLease({
    objects: environment.objects,
    account,
    clocks: oneClock(dependencies.now),
    sleep: dependencies.sleep,
    waitSeconds: timeouts.quietSeconds,
  });
  if (lease === null) throw busy('a run is under way and does not end');
  return lease;
}

function busy(reason: string): MispricedError {
  return new MispricedError({
    code: 'ROTATION_BUSY',
    message: `There is no moment to restart the app: ${reason}.`,
    fix: 'Give the command again later, or a smaller --margin-seconds.',
    retryable: true,
  });
}
