import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  asSettings,
  loadConfig,
  readTextsIn,
  type LoadedConfig,
  type Stage,
} from '@mispriced/config';
import {
  createLedgerStore,
  createRunArchive,
  runIdFor,
  runSlot,
  type RunSummary,
} from '@mispriced/core';
import { composeRun, lastSlot } from '@mispriced/strategy';
import type { CommandWorld } from '../command-world.ts';
import { stackConfigOptions } from '../stack-config.ts';
import { workspaceRoot } from '../workspace-root.ts';
import { readConfigFile } from './config-file.ts';
import { startEmbeddedStack } from './embedded-stack.ts';
import { exportLedger, exportRun } from './export-run.ts';
import { overridesOf, type RunOptions } from './run-options.ts';
import { runInFunctionsHost } from './run-in-functions-host.ts';

/** What a run is executed with. */
export interface RunRequest {
  readonly options: RunOptions;
  readonly stage: Stage;
  readonly world: CommandWorld;
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
  const { options, stage, world, onProgress } = request;
  const file = await readConfigFile(options.config, world);
  const given = overridesOf(options, world.workingFolder);
  const checked = (settings: Readonly<Record<string, string>>): Promise<LoadedConfig> =>
    loadConfig({
      stage,
      readText: readTextsIn(workspaceRoot),
      environment: { ...strategySettings(world), ...settings },
      keyVault: 'not-read',
    });
  // Only the schedule is looked at before there is a market.
  const early = await checked(asSettings({ stage, ...file, overrides: given }));
  const slot = options.slot ?? lastSlot(early, new Date());
  const stack = await startEmbeddedStack({
    options,
    stateFolder: await stateFolderOf(options, world.workingFolder),
    workingFolder: world.workingFolder,
    slot,
    onProgress,
  });
  try {
    const overrides = [
      ...stack.overrides,
      ...given,
      { key: 'run.slot', value: slot.toISOString() },
    ];
    const settings = { ...strategySettings(world), ...asSettings({ stage, ...file, overrides }) };
    const config = await checked(settings);
    const strategy = config.values.strategy.name;
    const archive = createRunArchive(stack.objects);
    const summary = await runInFunctionsHost({
      settings,
      storageConnectionString: stack.storageConnectionString,
      runId: runIdFor(strategy, slot),
      archive,
      onProgress,
    });
    const outFolder = outFolderOf(request, summary);
    const exported = await exportRun({ summary, archive, outFolder });
    const ledger = createLedgerStore({ objects: stack.objects, strategy, now: () => new Date() });
    return { ...exported, ledger: await exportLedger(ledger, outFolder) };
  } finally {
    await stack.close();
  }
}

async function runHere(request: RunRequest): Promise<RunSummary> {
  const { options, world, onProgress } = request;
  const now = (): Date => new Date();
  const config = await loadConfig({
    ...(await stackConfigOptions(options, world)),
    ...(await readConfigFile(options.config, world)),
    overrides: overridesOf(options, world.workingFolder),
  });
  const { settings, desk } = await composeRun({
    config,
    slot: options.slot ?? lastSlot(config, now()),
    lateness: null,
    world: {
      fetch,
      now,
      random: Math.random,
      sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
      onProgress,
    },
  });
  const summary = await runSlot(settings, desk);
  const { archive } = settings;
  return exportRun({ summary, archive, outFolder: outFolderOf(request, summary) });
}

/** What the user's own environment says to the strategy. */
function strategySettings(world: CommandWorld): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(world.environment).flatMap(([name, value]) =>
      /^MISPRICED__/i.test(name) && value !== undefined ? [[name, value] as const] : [],
    ),
  );
}

function outFolderOf({ options, world }: RunRequest, summary: RunSummary): string {
  return resolve(world.workingFolder, options.out ?? join('runs', summary.runId));
}

/** A folder that was named is kept; without one every run has a fresh one. */
async function stateFolderOf(options: RunOptions, workingFolder: string): Promise<string> {
  if (options.state !== undefined) return resolve(workingFolder, options.state);
  return mkdtemp(join(tmpdir(), 'mispriced-'));
}
