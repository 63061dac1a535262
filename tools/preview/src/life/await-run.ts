import { MispricedError, runIdFor, type ObjectStore, type RunSummary } from '@mispriced/core';
import type { PreviewApp } from '../cloud/preview-app.ts';
import type { PreviewWorld } from '../preview-world.ts';

const pollMilliseconds = 1000;
const startPatienceSeconds = 180;
const runPatienceSeconds = 900;

/**
 * Has the job run once in a preview, and waits until its summary is archived.
 *
 * @param args.slot The one slot that the preview's settings name; runs are called by it.
 * @throws MispricedError PREVIEW_FAILED where the host does not start it or it does not end.
 */
export async function awaitRun(args: {
  app: PreviewApp;
  objects: ObjectStore;
  slot: Date;
  world: Pick<PreviewWorld, 'now' | 'sleep' | 'report'>;
}): Promise<RunSummary> {
  const { app, objects, slot, world } = args;
  const ending = `${runIdFor('', slot)}/summary.json`;
  const until = (seconds: number) => world.now().getTime() + seconds * 1000;
  const startBy = until(startPatienceSeconds);
  while (!(await app.start('daily-trade'))) {
    if (world.now().getTime() >= startBy) {
      throw failed('The app did not start its job', 'See its log stream in the portal.');
    }
    await world.sleep(pollMilliseconds);
  }
  world.report(`started the job for ${slot.toISOString()}`);
  const endBy = until(runPatienceSeconds);
  for (;;) {
    const path = (await objects.list('runs', '')).find((each) => each.endsWith(ending));
    const stored = path === undefined ? null : await objects.read('runs', path);
    if (stored !== null) return JSON.parse(new TextDecoder().decode(stored.bytes)) as RunSummary;
    if (world.now().getTime() >= endBy) {
      throw failed(
        `The run for ${slot.toISOString()} left no summary`,
        'See the log of the app for why it ended.',
      );
    }
    await world.sleep(pollMilliseconds);
  }
}

function failed(what: string, fix: string): MispricedError {
  return new MispricedError({ code: 'PREVIEW_FAILED', message: `${what} in time.`, fix });
}
