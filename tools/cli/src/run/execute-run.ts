import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  asSettings,
  loadConfig,
  readTextsIn,
  simulationSettings,
  type LoadConfigOptions,
  type LoadedConfig,
  type Override,
  type Stage,
} from '@mispriced/config';
import {
  booksOf,
  createLedgerStore,
  createRunArchive,
  runIdFor,
  runSlot,
  type MispricedError,
  type RunArchive,
  type RunSummary,
} from '@mispriced/core';
import { composeRun, lastSlot, openObjects } from '@mispriced/strategy';
import type { CommandDependencies } from '../command-dependencies.ts';
import { stackConfigOptions } from '../stack-config.ts';
import { workspaceRoot } from '../workspace-root.ts';
import { readConfigFile } from './config-file.ts';
import { startEmbeddedStack } from './embedded-stack.ts';
import { exportLedger, exportRun } from './export-run.ts';
import { ownDataOverrides } from './own-data-overrides.ts';
import { readManifestText } from './read-manifest-text.ts';
import { overridesOf, type RunOptions } from './run-options.ts';
import { runInFunctionsHost } from './run-in-functions-host.ts';

/** What a run is executed with. */
export interface RunRequest {
  readonly options: RunOptions;
  readonly stage: Stage;
  readonly dependencies: CommandDependencies;
  readonly onProgress: (message: string) => void;
}

/**
 * Runs the strategy once, as the options say: in the stage `embedded` as the function app, with all
 * it needs on this machine; else in this process, with what the stage's configuration leads to.
 *
 * @returns The run's summary, with decisions and report in the folder of `--out`.
 * @throws What keeps a run from beginning: wrong configuration, files that cannot be read.
 */
export async function executeRun(request: RunRequest): Promise<RunSummary> {
  return request.stage === 'embedded' ? runEmbedded(request) : runHere(request);
}

async function runEmbedded(request: RunRequest): Promise<RunSummary> {
  const { options, stage, dependencies, onProgress } = request;
  const file = await readConfigFile(options.config, dependencies);
  const given = overridesOf(options, dependencies.workingFolder);
  const check = (
    options: Pick<LoadConfigOptions, 'environment' | 'file' | 'overrides'>,
  ): Promise<LoadedConfig> =>
    loadConfig({ stage, readText: readTextsIn(workspaceRoot), keyVault: 'not-read', ...options });
  // Mistakes are told in the words that were typed, before anything of this becomes app settings.
  const early = await check({
    environment: strategySettings(dependencies),
    ...file,
    overrides: given,
  });
  const slot = options.slot ?? lastSlot(early, new Date());
  const stack = await startEmbeddedStack({
    options,
    stateFolder: await stateFolderOf(options, dependencies.workingFolder),
    workingFolder: dependencies.workingFolder,
    slot,
    onProgress,
  });
  try {
    const overrides = [
      ...stack.overrides,
      ...given,
      { key: 'run.slot', value: slot.toISOString() },
    ];
    const settings = {
      ...simulationSettings(stack.marketUrl),
      ...strategySettings(dependencies),
      ...asSettings({ stage, ...file, overrides }),
    };
    const config = await check({ environment: settings });
    const strategy = config.values.strategy.name;
    const archive = createRunArchive(stack.objects);
    const summary =
      stack.ownDataProblem === null
        ? await runInFunctionsHost({
            settings,
            storageConnectionString: stack.storageConnectionString,
            runId: runIdFor(strategy, slot),
            archive,
            onProgress,
          })
        : (
            await runInThisProcess({
              config,
              slot,
              ownDataProblem: stack.ownDataProblem,
              onProgress,
            })
          ).summary;
    const outFolder = outFolderOf(request, summary);
    const exported = await exportRun({ summary, archive, outFolder });
    const account = booksOf(config.values.venue.account, config.values.run.mode);
    const ledger = createLedgerStore({ objects: stack.objects, account });
    return { ...exported, ledger: await exportLedger(ledger, slot, outFolder) };
  } finally {
    await stack.close();
  }
}

async function runHere(request: RunRequest): Promise<RunSummary> {
  const { options, stage, dependencies, onProgress } = request;
  const stack = await stackConfigOptions(options, dependencies);
  const file = await readConfigFile(options.config, dependencies);
  const load = (more: readonly Override[]): Promise<LoadedConfig> =>
    loadConfig({
      ...stack,
      ...file,
      overrides: [...more, ...overridesOf(options, dependencies.workingFolder)],
    });
  const config = await load([]);
  const { model } = config.values;
  const ownData = await ownDataOverrides(
    options.ownData.map((path) => resolve(dependencies.workingFolder, path)),
    () => readManifestText({ ...model, openObjects: () => openObjects(config), stage }),
  );
  const { summary, archive } = await runInThisProcess({
    config: ownData.overrides.length === 0 ? config : await load(ownData.overrides),
    slot: options.slot ?? lastSlot(config, new Date()),
    ownDataProblem: ownData.problem,
    onProgress,
  });
  return exportRun({ summary, archive, outFolder: outFolderOf(request, summary) });
}

async function runInThisProcess(args: {
  config: LoadedConfig;
  slot: Date;
  ownDataProblem: MispricedError | null;
  onProgress: (message: string) => void;
}): Promise<{ summary: RunSummary; archive: RunArchive }> {
  const { config, slot, ownDataProblem, onProgress } = args;
  const { settings, dependencies } = await composeRun({
    config,
    slot,
    lateness: null,
    dependencies: {
      fetch,
      now: () => new Date(),
      random: Math.random,
      sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
      onProgress,
    },
  });
  const summary = await runSlot(
    ownDataProblem === null
      ? settings
      : { ...settings, openOwnData: () => Promise.reject(ownDataProblem) },
    dependencies,
  );
  return { summary, archive: settings.archive };
}

/** What the user's own environment says to the strategy. */
function strategySettings(dependencies: CommandDependencies): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(dependencies.environment).flatMap(([name, value]) =>
      /^MISPRICED__/i.test(name) && value !== undefined ? [[name, value] as const] : [],
    ),
  );
}

function outFolderOf({ options, dependencies }: RunRequest, summary: RunSummary): string {
  return resolve(dependencies.workingFolder, options.out ?? join('runs', summary.runId));
}

/** A folder that was named is kept; without one every run has a fresh one. */
async function stateFolderOf(options: RunOptions, workingFolder: string): Promise<string> {
  if (options.state !== undefined) return resolve(workingFolder, options.state);
  return mkdtemp(join(tmpdir(), 'mispriced-'));
}
