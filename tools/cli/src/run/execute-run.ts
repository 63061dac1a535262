import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  loadConfig,
  readTextsIn,
  type LoadConfigOptions,
  type LoadedConfig,
  type Stage,
} from '@mispriced/config';
import { MispricedError, runSlot, type RunSummary } from '@mispriced/core';
import { composeRun, lastSlot } from '@mispriced/strategy';
import type { CommandWorld } from '../command-world.ts';
import { workspaceRoot } from '../workspace-root.ts';
import { startEmbeddedStack } from './embedded-stack.ts';
import { exportRun } from './export-run.ts';
import { overridesOf, type RunOptions } from './run-options.ts';

/**
 * Runs the strategy once, as the options say: in the stage `embedded` with everything it needs on
 * this machine, else with what the stage's configuration leads to.
 *
 * @returns The run's summary, with decisions and report in the folder of `--out`.
 * @throws What keeps a run from beginning: wrong configuration, files that cannot be read.
 */
export async function executeRun(args: {
  options: RunOptions;
  stage: Stage;
  world: CommandWorld;
  onProgress: (message: string) => void;
}): Promise<RunSummary> {
  const { options, stage, world, onProgress } = args;
  const load = await configLoader(args);
  const now = (): Date => new Date();
  // Only the schedule is looked at here, so no vault is reached for.
  const slot = options.slot ?? lastSlot(await load({ keyVault: 'not-read' }), now());
  const embedded =
    stage === 'embedded'
      ? await startEmbeddedStack({
          options,
          stateFolder: await stateFolderOf(options, world.workingFolder),
          workingFolder: world.workingFolder,
          slot,
          onProgress,
        })
      : null;
  try {
    const config = await load({ overrides: embedded?.overrides ?? [] });
    const { settings, desk } = await composeRun({
      config,
      slot,
      lateness: null,
      world: {
        fetch,
        now,
        random: Math.random,
        sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
        onProgress,
      },
    });
    const problem = embedded?.ownDataProblem ?? null;
    const summary = await runSlot(
      problem === null ? settings : { ...settings, openOwnData: () => Promise.reject(problem) },
      desk,
    );
    const outFolder = resolve(world.workingFolder, options.out ?? join('runs', summary.runId));
    return await exportRun({ summary, archive: settings.archive, outFolder });
  } finally {
    await embedded?.close();
  }
}

type Load = (
  more: Partial<Pick<LoadConfigOptions, 'keyVault' | 'overrides'>>,
) => Promise<LoadedConfig>;

/** Reads the configuration with the options of the command above every layer. */
async function configLoader(args: {
  options: RunOptions;
  stage: Stage;
  world: CommandWorld;
}): Promise<Load> {
  const { options, stage, world } = args;
  const file = options.config === undefined ? null : await readConfigFile(options.config, world);
  const overrides = overridesOf(options, world.workingFolder);
  return (more) =>
    loadConfig({
      stage,
      readText: readTextsIn(workspaceRoot),
      environment: world.environment,
      ...(file !== null && { file }),
      ...more,
      overrides: [...(more.overrides ?? []), ...overrides],
    });
}

async function readConfigFile(
  path: string,
  world: CommandWorld,
): Promise<{ name: string; text: string }> {
  try {
    return { name: path, text: await readFile(resolve(world.workingFolder, path), 'utf8') };
  } catch (error) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `The configuration file ${path} cannot be read.`,
      fix: 'Check the path given to --config.',
      cause: error,
    });
  }
}

/** A folder that was named is kept; without one every run has a fresh one. */
async function stateFolderOf(options: RunOptions, workingFolder: string): Promise<string> {
  if (options.state !== undefined) return resolve(workingFolder, options.state);
  return mkdtemp(join(tmpdir(), 'mispriced-'));
}
