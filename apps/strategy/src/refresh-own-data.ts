import type { JobSchedule, LoadedConfig } from '@mispriced/config';
import {
  createModelRegistry,
  createOwnDataStore,
  MispricedError,
  parseModelManifest,
  readOwnData,
  type FeatureSet,
  type ObjectStore,
  type OwnDataStore,
} from '@mispriced/core';
import { loadAppConfig } from './config-source.ts';
import { dueSlot } from './due-slot.ts';
import { fetchOwnData, type OwnDataSetting } from './fetch-own-data.ts';
import { openObjects } from './open-objects.ts';

/** Fewer rows than this share of the live snapshot's, and something was lost on the way. */
const leastShareOfRows = 0.5;

/** What a refresh did with one data set. */
export interface RefreshedSet {
  readonly set: string;
  readonly outcome: 'published' | 'unchanged' | 'failed';
  /** The snapshot that is live now, or why the new one was refused. */
  readonly detail: string;
}

/**
 * What the timer does: fetches every own data set that has a URL or a blob, proves it fit to be
 * joined, and publishes it as a snapshot. A set that fails keeps its live snapshot.
 *
 * @returns One entry for each set; null where the timer fired at the other UTC time of a local time.
 * @throws MispricedError `DATA_INVALID` naming every set that failed, after all were tried.
 */
export async function refreshOwnData(args: {
  schedule: JobSchedule;
  isPastDue: boolean;
  log: (message: string) => void;
}): Promise<readonly RefreshedSet[] | null> {
  const { schedule, isPastDue, log } = args;
  if (dueSlot({ schedule, now: new Date(), isPastDue }) === null) return null;
  const config = await loadAppConfig();
  const refreshed = await refreshAll({ config, objects: await openObjects(config), fetch });
  for (const { set, outcome, detail } of refreshed) log(`${set}: ${outcome}, ${detail}`);
  const failed = refreshed.filter((each) => each.outcome === 'failed');
  if (failed.length === 0) return refreshed;
  const fix =
    'The snapshots that were live stay live. Mend the source, or publish a file by hand: `npx mispriced data publish FILE --set NAME`.';
  log(`What to do: ${fix}`);
  throw new MispricedError({
    code: 'DATA_INVALID',
    message: failed.map(({ set, detail }) => `${set}: ${detail}`).join('\n'),
    fix,
    retryable: true,
  });
}

/** Refreshes every data set of a configuration that has an origin. */
async function refreshAll(args: {
  config: LoadedConfig;
  objects: ObjectStore;
  fetch: typeof fetch;
}): Promise<readonly RefreshedSet[]> {
  const { config, objects } = args;
  const settings = config.values.ownData.filter((setting) => setting.file === undefined);
  if (settings.length === 0) return [];
  const features = await readLiveFeatures(config, objects);
  const store = createOwnDataStore({ objects, now: () => new Date() });
  const refreshed: RefreshedSet[] = [];
  for (const setting of settings) {
    refreshed.push(
      await refreshOne({ ...args, setting, features, store }).catch((error: unknown) => {
        const detail = error instanceof Error ? error.message : String(error);
        return { set: setting.name, outcome: 'failed' as const, detail };
      }),
    );
  }
  return refreshed;
}

async function refreshOne(args: {
  config: LoadedConfig;
  objects: ObjectStore;
  fetch: typeof fetch;
  setting: OwnDataSetting;
  features: FeatureSet;
  store: OwnDataStore;
}): Promise<RefreshedSet> {
  const { setting, features, store } = args;
  const { name: set, format } = setting;
  const declaration = features.ownData.find((candidate) => candidate.name === set);
  if (declaration === undefined) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `the live model declares no own data set ${set}`,
      fix: 'Rename the entry in own_data, or take it away.',
    });
  }
  const bytes = await fetchOwnData(args);
  const fetched = await readOwnData({ bytes, format, where: set, declaration });
  const before = await store.live(set);
  if (before !== null) {
    const live = await readOwnData({ ...(await store.readLive(set)), declaration });
    if (fetched.rowCount < live.rowCount * leastShareOfRows) {
      throw new MispricedError({
        code: 'DATA_INVALID',
        message: `it has ${fetched.rowCount} rows where the live snapshot has ${live.rowCount}`,
        fix: 'Publish it by hand if it is right: `npx mispriced data publish FILE --set NAME`.',
      });
    }
  }
  const published = await store.publish({ set, bytes, format });
  const unchanged = before?.value.sha256 === published.sha256;
  return { set, outcome: unchanged ? 'unchanged' : 'published', detail: published.path };
}

async function readLiveFeatures(config: LoadedConfig, objects: ObjectStore): Promise<FeatureSet> {
  const registry = createModelRegistry({ objects, now: () => new Date() });
  const { name } = config.values.model;
  const live = await registry.live(name, config.stage);
  if (live === null) {
    throw new MispricedError({
      code: 'MODEL_MISSING',
      message: `No version of the model ${name} is live in ${config.stage}, so own data cannot be checked.`,
      fix: 'Promote a model first: `npx mispriced model promote VERSION --stage STAGE`.',
    });
  }
  const { version } = live.value;
  const { manifestText } = await registry.read(name, version);
  return parseModelManifest(JSON.parse(manifestText), `${name} ${version}`).features;
}
