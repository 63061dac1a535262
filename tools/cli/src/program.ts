import { Command, CommanderError } from 'commander';
import { registerModel } from './commands/model.ts';
import { registerRun } from './commands/run.ts';
import { registerTrain } from './commands/train.ts';
import { createOutput, type Streams } from './output.ts';

/** Exit codes of every command. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2 } as const;

/** What a command does its work with. */
export interface CommandWorld extends Streams {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
}

/**
 * Runs one command line.
 *
 * @param args The words after `mispriced`.
 * @returns The exit code: 0, 1 (failed) or 2 (wrong use).
 */
export async function runProgram(args: readonly string[], world: CommandWorld): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = new Command('mispriced')
    .description('From a notebook to a job that trades every day in a cloud, safely.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
    })
    .showHelpAfterError('(--help shows how to use it)');
  const register = { program, world, finish: (code: number) => (exitCode = code) };
  registerRun(register);
  registerTrain(register);
  registerModel(register);

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
    }
    createOutput(world, args.includes('--json')).error(error);
    return exitCodes.failed;
  }
}
