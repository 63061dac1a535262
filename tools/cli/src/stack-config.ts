import { resolve } from 'node:path';
import {
  loadConfig,
  readTextsIn,
  stages,
  type LoadConfigOptions,
  type LoadedConfig,
  type Stage,
} from '@mispriced/config';
import { InvalidArgumentError, type Command } from 'commander';
import type { CommandWorld } from './command-world.ts';
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

/**
 * The configuration of a stack, for commands that work on its stores.
 *
 * @throws ConfigError with every problem at once.
 */
export function loadStackConfig(options: StackOptions, world: CommandWorld): Promise<LoadedConfig> {
  return loadConfig(stackConfigOptions(options, world));
}

/** What a stack's configuration is read from. */
export function stackConfigOptions(options: StackOptions, world: CommandWorld): LoadConfigOptions {
  const stage = stageOf(options.stack);
  const folder = resolve(world.workingFolder, options.state ?? 'state');
  return {
    stage,
    readText: readTextsIn(workspaceRoot),
    environment: world.environment,
    overrides:
      stage === 'embedded'
        ? [
            { key: 'storage.kind', value: 'file' },
            { key: 'storage.path', value: folder, option: '--state' },
          ]
        : [],
  };
}
