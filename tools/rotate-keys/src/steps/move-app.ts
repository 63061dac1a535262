import { waitUntil } from '@mispriced/azure';
import { MispricedError } from '@mispriced/core';
import { lookAtApp, type AppSight } from './look-at-app.ts';
import { endRestart, restartApp } from './restart-app.ts';
import type { RotationWork } from './rotation-work.ts';

/** Each starts the app anew. */
const mostRefreshes = 3;

/**
 * Has an app fetch the newest version of its secrets, unless it is seen to have it, and waits until it
 * works with it. Needs Website Contributor on the app.
 *
 * @throws MispricedError `DEPLOYMENT_UNHEALTHY` where it does not in time.
 */
export async function moveApp(
  work: RotationWork,
  step: { readonly appName: string; readonly mustBeWell: boolean },
): Promise<void> {
  const { dependencies, timeouts, environment } = work;
  const use = work.apps.find(({ name }) => name === step.appName);
  const site = environment.sites.find(({ name }) => name === step.appName);
  if (use === undefined || site === undefined) return;
  const isThere = ({ lacks, unwell }: AppSight): boolean =>
    lacks.length === 0 && (!step.mustBeWell || unwell.length === 0);
  const since = (): Date | null => work.toldAt.get(site.name) ?? null;
  let last = await lookAtApp({ work, use, site, since: since() });
  let refreshes = 0;
  const refusals: MispricedError[] = [];
  const refresh = async (): Promise<void> => {
    refreshes += 1;
    try {
      await restartApp(work, site, () => site.refreshReferences());
    } catch (error) {
      // Where a rotation is taken back there is nothing left to go back to: it is tried again.
      if (step.mustBeWell || !(error instanceof MispricedError)) throw error;
      refreshes -= 1;
      refusals.push(error);
    }
  };
  // One whose settings were just written starts with the newest by itself.
  if (last.lacks.length > 0 && since() === null) await refresh();
  const pause = (timeouts.appSeconds * 1000) / 8;
  let refreshAgainAt = dependencies.now().getTime() + pause;
  const seen = await waitUntil({
    clock: dependencies,
    limit: { seconds: timeouts.appSeconds },
    pollMilliseconds: timeouts.pollMilliseconds,
    ask: async () => {
      last = await lookAtApp({ work, use, site, since: since() });
      if (isThere(last)) return true;
      if (
        last.lacks.length > 0 &&
        refreshes < mostRefreshes &&
        dependencies.now().getTime() > refreshAgainAt
      ) {
        await refresh();
        refreshAgainAt = dependencies.now().getTime() + pause;
      }
      return null;
    },
  });
  if (seen !== null) {
    endRestart(work, site.name);
    return;
  }
  const [refused] = refusals;
  if (refused !== undefined) throw refused;
  throw new MispricedError({
    code: 'DEPLOYMENT_UNHEALTHY',
    message: `${site.name} was not seen working with its key within ${timeouts.appSeconds} seconds: ${[...last.lacks, ...last.unwell].join('; ')}.`,
    fix: 'Mend what is named.',
  });
}
