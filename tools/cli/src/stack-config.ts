import { resolve } from 'node:path';
import {
  loadConfig,
  readTextsIn,
  stages,
  type LoadConfigOptions,
  type LoadedConfig,
  type Stage,
} from '@mispriced/config';
import type { ObjectStore } from '@mispriced/core';
import { openObjects } from '@mispriced/strategy';
import { InvalidArgumentError, type Command } from 'commander';
import type { CommandDependencies } from './command-dependencies.ts';
import { environmentSettings } from './environment-settings.ts';
import { startEmbeddedStorage } from './run/embedded-storage.ts';
import { workspaceRoot } from './workspace-root.ts';

/** The stage of a stack: its own name, or `preview` for every `pr-N`. Refuses other names. */
export function stageOf(stack: string): Stage {
  if (/^pr-[1-9]\d*$/.test(stack)) return 'preview';
  const stage = stages.find((name) => name === stack && name !== 'preview');
  if (stage !== undefined) return stage;
  throw new InvalidArgumentError(
    `There is no stack "${stack}": use embedded, local, dev, staging, prod or pr-N.`,
  );
}

/** The parser of an option that takes a stack's name: the name as typed, refused where it is none. */
export function stackName(text: string): string {
  stageOf(text);
  return text;
}

/** Options of every command that works on what a stack keeps. */
export interface StackOptions {
  readonly stack: string;
  /** The folder of an embedded stack. */
  readonly state?: string;
}

/** Adds the options that say which stack's stores are meant. */
export function withStackOptions(command: Command): Command {
  return command
    .option(
      '--stack <name>',
      'whose stores: embedded, local, dev, staging, prod, pr-N',
      stackName,
      'embedded',
    )
    .option('--state <folder>', 'the folder of an embedded stack', 'state');
}

/** What a command works on. */
export interface OpenedStack {
  readonly config: LoadedConfig;
  readonly objects: ObjectStore;
}

/**
 * Opens what a stack keeps for the time of some work: its storage account, or the storage that an
 * embedded stack leaves in its folder.
 *
 * @throws ConfigError with every problem at once; MispricedError `STORE_CONFLICT` while another
 * command uses the folder of an embedded stack.
 */
export async function withStack<Result>(
  options: StackOptions,
  dependencies: CommandDependencies,
  work: (stack: OpenedStack) => Promise<Result>,
): Promise<Result> {
  const config = await loadConfig(await stackConfigOptions(options, dependencies));
  if (config.stage !== 'embedded') return work({ config, objects: await openObjects(config) });
  const folder = resolve(dependencies.workingFolder, options.state ?? 'state');
  const storage = await startEmbeddedStorage(folder);
  try {
    return await work({ config, objects: storage.objects });
  } finally {
    await storage.close();
  }
}

/**
 * What a stack's configuration is read from: the files, and for an environment that is recorded here
 * what it gives out, as if it stood in the environment's variables. Variables that are set win.
 *
 * @throws MispricedError ENVIRONMENT_REFUSED where nothing is known of a stack of the local cloud.
 */
export async function stackConfigOptions(
  options: Pick<StackOptions, 'stack'>,
  dependencies: CommandDependencies,
): Promise<LoadConfigOptions> {
  const stage = stageOf(options.stack);
  const readText = readTextsIn(workspaceRoot);
  if (stage === 'embedded') return { stage, readText, environment: dependencies.environment };
  const settings = await environmentSettings(options.stack, dependencies);
  return { stage, readText, environment: { ...settings, ...dependencies.environment } };
}
