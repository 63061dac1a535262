import { checkConfig, explanationJson, formatExplanation, loadConfig } from '@mispriced/config';
import { exitCodes } from '../command-dependencies.ts';
import { createOutput } from '../output.ts';
import { stackConfigOptions, withStackOptions, type StackOptions } from '../stack-config.ts';
import type { Registration } from './register.ts';

interface ConfigOptions extends StackOptions {
  readonly json: boolean;
}

const example = `
Examples:
  mispriced config explain --stack prod
  mispriced config check --stack prod`;

/** `mispriced config`: what a stack's strategy is told, and by which layer. */
export function registerConfig({ program, dependencies, finish }: Registration): void {
  const config = program
    .command('config')
    .description('Explain and check the configuration of a stack.')
    .addHelpText('after', example);

  withStackOptions(
    config
      .command('explain')
      .description('Every value and the layer it came from; secrets masked.'),
  )
    .option('--json', 'print the result as JSON', false)
    .action(async (options: ConfigOptions) => {
      const loaded = await loadConfig(await stackConfigOptions(options, dependencies));
      createOutput(dependencies, options.json).result(
        explanationJson(loaded),
        formatExplanation(loaded),
      );
    });

  withStackOptions(
    config.command('check').description('Every problem at once; fails where there is one.'),
  )
    .option('--json', 'print the result as JSON', false)
    .action(async (options: ConfigOptions) => {
      const check = await checkConfig(await stackConfigOptions(options, dependencies));
      createOutput(dependencies, options.json).result(check, check.text);
      if (!check.ok) finish(exitCodes.failed);
    });
}
