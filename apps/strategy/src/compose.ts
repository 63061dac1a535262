import { createJobSchedule, isLoopbackUrl, type LoadedConfig } from '@mispriced/config';
import {
  acquireRunLease,
  booksOf,
  createKillSwitch,
  createLedgerStore,
  createModelRegistry,
  createOwnDataStore,
  createRunArchive,
  loadModel,
  MispricedError,
  openLiveModel,
  parseMoney,
  refuseFirstLedger,
  type HostClocks,
  type KillSwitch,
  type Lateness,
  type ModelRegistry,
  type ObjectStore,
  type OpenedModel,
  type RunDependencies,
  type RunSettings,
  type TradingMode,
} from '@mispriced/core';
import { accountLimitsOf } from './account-limits.ts';
import { readModelFolder } from './read-model-folder.ts';
import { openObjects } from './open-objects.ts';
import { openOwnData } from './open-own-data.ts';
import { openVenue, type VenueDependencies } from './open-venue.ts';
import { systemClocks } from './system-clocks.ts';

/** What a run takes from outside, so that tests own time and the network. */
export interface ComposeDependencies extends VenueDependencies {
  readonly now: () => Date;
  readonly onProgress: (message: string) => void;
  /** This host's own, unless a test gives others. */
  readonly clocks?: HostClocks;
}

/** Everything `runSlot` asks for. */
export interface ComposedRun {
  readonly settings: RunSettings;
  readonly dependencies: RunDependencies;
}

/** A run waits this long for another one's lease: a killed run's lapses within it. */
const leaseWaitSeconds = 20;

/**
 * Joins configuration, stores, market and model into a run. This is the only place that knows all.
 *
 * @param args.objects Where everything is kept; opened as `storage` says unless it is given.
 * @throws MispricedError `CONFIG_INVALID` where something needed is not set.
 */
export async function composeRun(args: {
  config: LoadedConfig;
  slot: Date;
  lateness: Lateness | null;
  /** The books that are meant, where not those that the configuration names. */
  mode?: TradingMode;
  dependencies: ComposeDependencies;
  objects?: ObjectStore;
}): Promise<ComposedRun> {
  const { config, dependencies } = args;
  const { stage, values } = config;
  const { now, sleep, onProgress } = dependencies;
  const clocks = dependencies.clocks ?? systemClocks;
  const strategy = values.strategy.name;
  // A late run may trade on paper, and what is on paper has books of its own.
  const mode = args.lateness?.policy === 'paper' ? 'paper' : (args.mode ?? values.run.mode);
  const account = booksOf(values.venue.account, mode);
  const objects = args.objects ?? (await openObjects(config));
  const venue = await openVenue({ config, objects, dependencies });
  const ownDataStore = createOwnDataStore({ objects, now });
  return {
    settings: {
      strategy,
      account,
      slot: args.slot,
      stage,
      mode,
      venue,
      simulatedMarket: values.venue.url !== undefined && isLoopbackUrl(values.venue.url),
      openModel: () => openConfiguredModel(config, createModelRegistry({ objects, now })),
      openOwnData: (features) => openOwnData({ config, store: ownDataStore, features }),
      lateness: args.lateness,
      timeoutSeconds: values.run.timeoutSeconds,
      asOf: values.run.asOf ?? null,
      threshold: values.run.threshold,
      limits: {
        perOrder: parseMoney(values.limits.perOrder),
        perRun: parseMoney(values.limits.perRun),
        ...accountLimitsOf(values.limits),
        perGroup: {
          default: null,
          byGroup: Object.fromEntries(
            Object.entries(values.limits.perGroup).map(([group, limit]) => [
              group,
              parseMoney(limit),
            ]),
          ),
        },
        listingShare: values.limits.listingShare,
        minimumOrder: parseMoney(values.limits.minimumOrder),
        step: parseMoney(values.limits.step),
      },
      cashLimit: values.limits.cash === undefined ? null : parseMoney(values.limits.cash),
      configuration: config.toObject(),
      killSwitch: killSwitchOf(
        config,
        createKillSwitch({ objects, account: values.venue.account }),
      ),
      archive: createRunArchive(objects),
      batchSize: values.run.batchSize,
      releaseRule: {
        settleWithinSeconds: values.run.settleAfterSeconds ?? venue.declaration.settleWithinSeconds,
        releaseAfterHours: values.run.releaseAfterHours,
      },
      clocks,
      sleep,
      onProgress,
    },
    dependencies: {
      ledger: createLedgerStore({ objects, account }),
      acquireLease: async () => {
        await refuseFirstLedger(objects);
        return acquireRunLease({ objects, account, waitSeconds: leaseWaitSeconds, clocks, sleep });
      },
    },
  };
}

/** The slot that was due last, by the schedule and its time zone. */
export function lastSlot(config: LoadedConfig, now: Date): Date {
  const { dailyTrade, timeZone } = config.values.schedule;
  const slot = createJobSchedule({ schedule: dailyTrade, timeZone, now }).slotAtOrBefore(now);
  if (slot !== null) return slot;
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: `schedule.daily_trade (${dailyTrade}) was never due.`,
    fix: 'Set a schedule that comes round, such as `3 25 15 * * *`, or name a slot.',
  });
}

/** The live model of the stage, or the bundle of a folder where the configuration names one. */
async function openConfiguredModel(
  config: LoadedConfig,
  registry: ModelRegistry,
): Promise<OpenedModel> {
  const { model } = config.values;
  if (model.directory === undefined) {
    return openLiveModel({ registry, name: model.name, stage: config.stage });
  }
  const bundle = await readModelFolder(model.directory);
  return { model: await loadModel({ bundle, where: model.directory }), warning: null };
}

/** Trading is off where either the configuration or the switch in the store says so. */
function killSwitchOf(config: LoadedConfig, stored: KillSwitch): KillSwitch {
  if (!config.values.killSwitch) return stored;
  const halt = {
    why: 'kill_switch is true in the configuration',
    by: 'configuration',
    at: new Date(0).toISOString(),
  };
  return { ...stored, read: () => Promise.resolve(halt) };
}
