import { Option } from 'commander';
import { exitCodes } from '../command-dependencies.ts';
import { askPerson } from '../deploy/ask-person.ts';
import { environmentName } from '../environment-name.ts';
import { createOutput } from '../output.ts';
import { marginOption, wholeNumber } from '../rotate-keys/duration-options.ts';
import { rotationText } from '../rotate-keys/rotation-text.ts';
import { rotationTarget, type TargetCommandOptions } from '../rotate-keys/rotation-dependencies.ts';
import type { Registration } from './register.ts';

interface RotateKeysOptions extends TargetCommandOptions {
  readonly only?: string;
  readonly maxAgeDays?: number;
  readonly marginSeconds: number;
  readonly graceSeconds: number;
  readonly anyway: boolean;
  readonly repair: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

const example = `
Examples:
  mispriced rotate-keys --stack dev --dry-run
  mispriced rotate-keys --stack prod --max-age-days 60
  mispriced rotate-keys --stack prod --repair`;

/** `mispriced rotate-keys`: new storage keys without a missed run, and the way out of a reset. */
export function registerRotateKeys({ program, dependencies, finish }: Registration): void {
  program
    .command('rotate-keys')
    .description(
      'Renew the storage keys of an environment without costing a run, or mend what a reset broke.',
    )
    .requiredOption('--stack <name>', 'whose: local, dev, staging, prod, pr-N', environmentName)
    .option('--only <account>', 'one storage account alone')
    .addOption(
      new Option('--max-age-days <n>', 'do nothing while both keys are younger').argParser(
        wholeNumber,
      ),
    )
    .addOption(marginOption())
    .addOption(
      new Option('--grace-seconds <n>', 'how old both keys must be to be renewed')
        .default(86_400)
        .argParser(wholeNumber),
    )
    .option('--anyway', 'also where the account refuses its keys', false)
    .option('--repair', 'give a living key to what holds a dead one, and renew none', false)
    .option('--app <name>', 'the function app, where the stack’s tags do not tell')
    .option('--resource-group <name>', 'the group to look in')
    .option('--subscription <id>', 'the subscription (default: AZURE_SUBSCRIPTION_ID, or `az`)')
    .option('--dry-run', 'tell what would be done, and do nothing', false)
    .option('--yes', 'do not ask, for production', false)
    .option('--json', 'print the result as JSON', false)
    .addHelpText('after', example)
    .action(async (options: RotateKeysOptions) => {
      const output = createOutput(dependencies, options.json);
      const { cloud, target } = await rotationTarget(options, dependencies, (line) => {
        output.progress(line);
      });
      const asks = options.stack === 'prod' && !options.yes && !options.dryRun;
      const question = `${options.repair ? 'Repair' : 'Rotate'} the storage keys of production?`;
      if (asks && !(await askPerson(question, dependencies))) {
        finish(exitCodes.failed);
        return;
      }
      const { marginSeconds, graceSeconds, anyway, repair, dryRun } = options;
      const { rotateKeys } = await import('@mispriced/rotate-keys');
      const result = await rotateKeys(
        {
          ...target,
          marginSeconds,
          graceSeconds,
          anyway,
          repair,
          dryRun,
          only: options.only ?? null,
          maxAgeDays: options.maxAgeDays ?? null,
        },
        cloud,
      );
      output.result(result, rotationText(result));
    });
}
