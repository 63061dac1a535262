import { MispricedError } from '@mispriced/core';
import { Command, CommanderError } from 'commander';
import { exitCodes, type CommandDependencies } from './command-dependencies.ts';
import { wantedCommands } from './commands/command-modules.ts';
import { createOutput } from './output.ts';

/**
 * Runs one command line.
 *
 * @param args The words after `mispriced`.
 * @returns The exit code: 0 done, 1 failed, 2 wrong use.
 */
export async function runProgram(
  args: readonly string[],
  dependencies: CommandDependencies,
): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = new Command('mispriced')
    .description('From a notebook to a job that trades every day in a cloud, safely.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => dependencies.stdout.write(text),
      writeErr: (text) => dependencies.stderr.write(text),
    })
    .showHelpAfterError('(add --help to see how it is used)');
  const finish = (code: number): void => {
    exitCode = code;
  };
  for (const register of await wantedCommands(args)) register({ program, dependencies, finish });

  const json = args.includes('--json');
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.done;
      // The words for people are on standard error by now.
      if (json)
        dependencies.stdout.write(`${JSON.stringify({ error: wrongUse(error) }, null, 2)}\n`);
      return exitCodes.wrongUse;
    }
    createOutput(dependencies, json).error(error);
    return exitCodes.failed;
  }
}

function wrongUse(error: CommanderError): MispricedError {
  return new MispricedError({
    code: 'CONFIG_INVALID',
    message: error.message.replace(/^error: /, ''),
    fix: 'Add --help to see how the command is used.',
  });
}
