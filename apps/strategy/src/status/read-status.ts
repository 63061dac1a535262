import { createJobSchedule, type LoadedConfig, type SecretExpectation } from '@mispriced/config';
import {
  booksOf,
  createKillSwitch,
  createLedgerStore,
  createModelRegistry,
  createOwnDataStore,
  openLiveModel,
  readRuns,
  refuseFirstLedger,
  type LedgerRun,
  type ObjectStore,
} from '@mispriced/core';
import { packageRoot } from '../config-source.ts';
import { openObjects } from '../open-objects.ts';
import { openOwnData } from '../open-own-data.ts';
import { openVenue } from '../open-venue.ts';
import { answerExpectation } from './answer-expectation.ts';
import { checkHealth, type HealthCheck } from './check-health.ts';
import { readRelease } from './read-release.ts';
import type { StatusDocument, StatusRun } from './status-document.ts';

/**
 * Looks at everything the strategy depends on, and at what it has done. It reads only; the market
 * is asked for its cash, so the key is proven too.
 *
 * @param load Reads the configuration; its failure is the first thing the status tells.
 * @param expectation A secret that the app ought to have; the one that opens storage is used to
 * write a few bytes.
 */
export async function readStatus(args: {
  load: () => Promise<LoadedConfig>;
  now: () => Date;
  expectation?: SecretExpectation | null;
}): Promise<StatusDocument> {
  const { now } = args;
  const loaded: LoadedConfig[] = [];
  const configuration = await checkHealth('configuration', async () => {
    const config = await args.load();
    loaded.push(config);
    return `stage ${config.stage}, secrets resolved`;
  });
  const [config] = loaded;
  if (config === undefined) {
    const nowhere = { read: () => Promise.resolve(null) };
    const release = await readRelease({ packageRoot, objects: nowhere });
    return brokenStatus({ configuration, release, at: now() });
  }
  const { expectation = null } = args;
  return statusOf({ config, configuration, now, expectation });
}

async function statusOf(args: {
  config: LoadedConfig;
  configuration: HealthCheck;
  now: () => Date;
  expectation: SecretExpectation | null;
}): Promise<StatusDocument> {
  const { config, configuration, now, expectation } = args;
  const { values, stage } = config;
  const account = booksOf(values.venue.account, values.run.mode);
  const opening = openObjects(config);
  // All at once: storage that is away is waited for once, not five times over.
  const [runs, halted, live, ownData, ...health] = await Promise.all([
    readLastRuns(config, opening),
    readHalt(config, opening),
    readLiveModel(config, opening, now).catch(() => null),
    liveOwnData(opening, now),
    checkHealth('storage', async () => {
      const objects = await opening;
      await refuseFirstLedger(objects);
      await createLedgerStore({ objects, account }).read();
      return objects.location;
    }),
    checkModel(config, opening),
    checkMarket(config, opening),
  ]);
  const { dailyTrade, timeZone } = values.schedule;
  const schedule = createJobSchedule({ schedule: dailyTrade, timeZone, now: now() });
  return {
    healthy: health.every((check) => check.healthy),
    stage,
    strategy: values.strategy.name,
    account,
    mode: values.run.mode,
    at: now().toISOString(),
    release: await readRelease({
      packageRoot,
      objects: { read: async (container, path) => (await opening).read(container, path) },
    }),
    nextRun: schedule.slotAfter(now())?.toISOString() ?? null,
    lastRuns: runs,
    model: live,
    ownData,
    halted,
    health: [configuration, ...health],
    ...(expectation !== null && {
      expected: await answerExpectation({ expectation, config, openObjects: () => opening }),
    }),
  };
}

async function readLastRuns(
  config: LoadedConfig,
  opening: Promise<ObjectStore>,
): Promise<readonly StatusRun[]> {
  const { run, status, venue } = config.values;
  try {
    const account = booksOf(venue.account, run.mode);
    const ledger = createLedgerStore({ objects: await opening, account });
    return readRuns(await ledger.read())
      .toReversed()
      .slice(0, status.runsShown)
      .map(statusRun);
  } catch {
    return [];
  }
}

/** Why a run that began now would not buy; a switch that cannot be read is on. */
async function readHalt(
  config: LoadedConfig,
  opening: Promise<ObjectStore>,
): Promise<string | null> {
  if (config.values.killSwitch) return 'kill_switch is true in the configuration';
  try {
    const { account } = config.values.venue;
    return (await createKillSwitch({ objects: await opening, account }).read())?.why ?? null;
  } catch {
    return 'the kill switch cannot be read';
  }
}

async function readLiveModel(
  config: LoadedConfig,
  opening: Promise<ObjectStore>,
  now: () => Date,
): Promise<StatusDocument['model']> {
  const { name } = config.values.model;
  const registry = createModelRegistry({ objects: await opening, now });
  const live = await registry.live(name, config.stage);
  return live && { name, version: live.value.version, promotedAt: live.value.promotedAt };
}

/** The model and the own data it needs: loaded and proven as a run would. */
function checkModel(config: LoadedConfig, opening: Promise<ObjectStore>): Promise<HealthCheck> {
  const now = (): Date => new Date();
  return checkHealth('model and own data', async () => {
    const objects = await opening;
    const registry = createModelRegistry({ objects, now });
    const opened = await openLiveModel({
      registry,
      name: config.values.model.name,
      stage: config.stage,
    });
    const { manifest } = opened.model;
    await opened.model.close();
    const store = createOwnDataStore({ objects, now });
    const { sets } = await openOwnData({ config, store, features: manifest.features });
    const rows = sets.map((set) => `${set.declaration.name} ${set.rowCount} rows`);
    return [`${manifest.name} ${manifest.version}`, ...rows, opened.warning ?? ''].join(', ');
  });
}

function checkMarket(config: LoadedConfig, opening: Promise<ObjectStore>): Promise<HealthCheck> {
  return checkHealth('market', async () => {
    const venue = await openVenue({
      config,
      objects: await opening,
      dependencies: {
        fetch,
        random: Math.random,
        sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      },
    });
    await venue.availableCash();
    return `${venue.name} answers`;
  });
}

async function liveOwnData(
  opening: Promise<ObjectStore>,
  now: () => Date,
): Promise<StatusDocument['ownData']> {
  try {
    const objects = await opening;
    const store = createOwnDataStore({ objects, now });
    const paths = await objects.list('data', '');
    const sets = paths.flatMap((path) => /^([^/]+)\/live\.json$/.exec(path)?.[1] ?? []);
    const pointers = await Promise.all(
      sets.map(async (set) => ({ set, pointer: await store.live(set) })),
    );
    return pointers.flatMap(({ set, pointer }) =>
      pointer === null
        ? []
        : [{ set, publishedAt: pointer.value.publishedAt, sha256: pointer.value.sha256 }],
    );
  } catch {
    return [];
  }
}

function statusRun({ started, finished }: LedgerRun): StatusRun {
  return {
    runId: started.runId,
    slot: started.slot,
    mode: started.mode,
    status: finished?.status ?? 'open',
    spent: finished?.spent ?? null,
    errorCode: finished?.errorCode ?? null,
  };
}

function brokenStatus(args: {
  configuration: HealthCheck;
  release: StatusDocument['release'];
  at: Date;
}): StatusDocument {
  return {
    healthy: false,
    stage: null,
    strategy: null,
    account: null,
    mode: null,
    at: args.at.toISOString(),
    release: args.release,
    nextRun: null,
    lastRuns: [],
    model: null,
    ownData: [],
    halted: null,
    health: [args.configuration],
  };
}
