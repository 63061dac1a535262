import { MispricedError } from '@mispriced/core';
import { Command, CommanderError } from 'commander';
import { exitCodes, type CommandDependencies } from './command-dependencies.ts';
import type { Registration } from './commands/register.ts';
import { registerBootstrap } from './commands/bootstrap.ts';
import { registerConfig } from './commands/config.ts';
import { registerData } from './commands/data.ts';
import { registerEnvironment } from './commands/environment.ts';
import { registerDeploy } from './commands/deploy.ts';
import { registerHalt } from './commands/halt.ts';
import { registerLocal } from './commands/local.ts';
import { registerLocalSettings } from './commands/local-settings.ts';
import { registerModel } from './commands/model.ts';
import { registerPackage } from './commands/package.ts';
import { registerPreview } from './commands/preview.ts';
import { registerPreviewComment } from './commands/preview-comment.ts';
import { registerPreviewLife } from './commands/preview-life.ts';
import { registerRotateKeys } from './commands/rotate-keys.ts';
import { registerRun } from './commands/run.ts';
import { registerSecrets } from './commands/secrets.ts';
import { registerTrain } from './commands/train.ts';
import { createOutput } from './output.ts';

const registrations: readonly ((registration: Registration) => void)[] = [
  registerRun,
  registerTrain,
  registerModel,
  registerData,
  registerConfig,
  registerHalt,
  registerLocal,
  registerLocalSettings,
  registerEnvironment,
  registerPackage,
  registerDeploy,
  registerSecrets,
  registerPreview,
  registerPreviewComment,
  registerPreviewLife,
  registerRotateKeys,
  registerBootstrap,
];

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
  for (const register of registrations) register({ program, dependencies, finish });

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
