import { fileURLToPath } from 'node:url';
import { loadConfig, readTextsIn, stageFromEnvironment } from '@mispriced/config';
import { runSlot, type RunSummary } from '@mispriced/core';
import { composeRun, openObjects } from '../../../src/index.ts';
import { createEffectGate, type EffectListener } from './effects.ts';
import { watchFetch, watchStore } from './watched-run.ts';

export const workspaceRoot = fileURLToPath(new URL('../../../../..', import.meta.url));

/**
 * Runs the strategy once as the app does: configuration from settings alone, the app's own
 * composition, its own run. Only what lies outside, store and network, is watched.
 *
 * @param settings What a function app has as its environment.
 */
export async function runOnce(args: {
  settings: Readonly<Record<string, string | undefined>>;
  slot: Date;
  listen?: EffectListener;
}): Promise<RunSummary> {
  const config = await loadConfig({
    stage: stageFromEnvironment(args.settings),
    readText: readTextsIn(workspaceRoot),
    environment: args.settings,
  });
  const gate = createEffectGate(args.listen ?? (() => undefined));
  const { settings, dependencies } = await composeRun({
    config,
    slot: args.slot,
    lateness: null,
    objects: watchStore(await openObjects(config), gate),
    dependencies: {
      fetch: watchFetch(gate),
      now: () => new Date(),
      random: Math.random,
      sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      onProgress: () => undefined,
    },
  });
  return runSlot(settings, dependencies);
}
