import { waitUntil } from '@mispriced/azure';
import { MispricedError, runIdFor, type ObjectStore, type RunSummary } from '@mispriced/core';
import type { PreviewApp } from '../cloud/preview-app.ts';
import type { PreviewDependencies } from '../preview-dependencies.ts';

const pollMilliseconds = 1000;
const startTimeoutSeconds = 180;
const runTimeoutSeconds = 900;

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
  dependencies: Pick<PreviewDependencies, 'now' | 'sleep' | 'report'>;
}): Promise<RunSummary> {
  const { app, objects, slot, dependencies } = args;
  const ending = `${runIdFor('', slot)}/summary.json`;
  const started = await waitUntil({
    clock: dependencies,
    limit: { seconds: startTimeoutSeconds },
    pollMilliseconds,
    ask: async () => (await app.start('daily-trade')) || null,
  });
  if (started === null) {
    throw failed('The app did not start its job', 'See its log stream in the portal.');
  }
  dependencies.report(`started the job for ${slot.toISOString()}`);
  const stored = await waitUntil({
    clock: dependencies,
    limit: { seconds: runTimeoutSeconds },
    pollMilliseconds,
    ask: async () => {
      const path = (await objects.list('runs', '')).find((each) => each.endsWith(ending));
      return path === undefined ? null : objects.read('runs', path);
    },
  });
  if (stored !== null) return JSON.parse(new TextDecoder().decode(stored.bytes)) as RunSummary;
  const fix = 'See the log of the app for why it ended.';
  throw failed(`The run for ${slot.toISOString()} left no summary`, fix);
}

function failed(what: string, fix: string): MispricedError {
  return new MispricedError({ code: 'PREVIEW_FAILED', message: `${what} in time.`, fix });
}
