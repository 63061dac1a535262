import { resolve } from 'node:path';
import {
  deploy,
  listReleases,
  rollBack,
  type BootstrapFiles,
  type DeployResult,
} from '@mispriced/deploy';
import { InvalidArgumentError, Option } from 'commander';
import { cloudEnvironment } from '../cloud-environment.ts';
import { exitCodes } from '../command-dependencies.ts';
import {
  bootstrapFiles,
  deployDependencies,
  packageAtHand,
  targetOptions,
} from '../deploy/deploy-inputs.ts';
import { askPerson } from '../deploy/ask-person.ts';
import type { DeployCommandOptions } from '../deploy/deploy-command-options.ts';
import { withFilesAtHand } from '../deploy/files-at-hand.ts';
import { deployText, releasesText, rollbackText } from '../deploy/deploy-text.ts';
import { createOutput } from '../output.ts';
import { stageOf } from '../stack-config.ts';
import { workspaceRoot } from '../workspace-root.ts';
import type { Registration } from './register.ts';

const example = `
Examples:
  mispriced deploy --stack dev
  mispriced deploy --stack dev --bootstrap --model my-model --own-data unemployment=rates.csv
  mispriced deploy --stack prod --diff
  mispriced deploy --stack prod --rollback`;

function addOwnData(
  text: string,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const [, set, file] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (set === undefined || file === undefined) {
    throw new InvalidArgumentError('Write it as SET=FILE.');
  }
  return { ...before, [set]: file };
}

/** A package by its name or a beginning of it. */
function sha256Beginning(text: string): string {
  if (/^[0-9a-f]{4,64}$/i.test(text)) return text;
  throw new InvalidArgumentError('Give at least four digits of a SHA-256, as --list shows it.');
}

/** A stack on a laptop alone has no function app. */
function deployedStack(text: string): string {
  if (stageOf(text) !== 'embedded') return text;
  throw new InvalidArgumentError('The stack embedded runs here as it is: use `mispriced run`.');
}

/** `mispriced deploy`: the strategy's code to an environment, and the way back. */
export function registerDeploy({ program, dependencies, finish }: Registration): void {
  program
    .command('deploy')
    .description('Bring the code to an environment, and say so once it is seen running there.')
    .requiredOption('--stack <name>', 'where to: local, dev, staging, prod, pr-N', deployedStack)
    .addOption(
      new Option(
        '--target <cloud>',
        'where: the stack `local` is in the local cloud, any other in Azure unless said here',
      ).choices(['azure', 'local']),
    )
    .option('--package <file>', 'a package that was built; without it one is built now')
    .option('--app <name>', 'the function app, where the stack’s tags do not tell')
    .option('--resource-group <name>', 'the group to look in')
    .option('--subscription <id>', 'the subscription (default: AZURE_SUBSCRIPTION_ID, or `az`)')
    .option('--arm-endpoint <url>', 'another resource manager (default: the public cloud’s)')
    .option('--bootstrap', 'publish model, own data and listing where there are none yet', false)
    .option('--model <folder>', 'the model to bootstrap with')
    .option('--own-data <set=file>', 'own data to bootstrap with (repeatable)', addOwnData, {})
    .option('--listing <file>', 'the listing to bootstrap an environment with that replays one')
    .option('--now', 'do not wait for a run or a slot', false)
    .option('--yes', 'do not ask, for production', false)
    .option('--dry-run', 'check everything and send nothing', false)
    .option('--diff', 'what would change; sends nothing', false)
    .addOption(
      new Option('--list', 'the releases so far')
        .default(false)
        .conflicts(['rollback', 'diff', 'bootstrap']),
    )
    .addOption(
      new Option(
        '--rollback [sha256]',
        'bring back the last good version, or this one; --dry-run tells which',
      ).argParser(sha256Beginning),
    )
    .option('--no-rollback', 'leave a version in place that is not well')
    .option('--json', 'print the result as JSON', false)
    .addHelpText('after', example)
    .action(async (options: DeployCommandOptions) => {
      const output = createOutput(dependencies, options.json);
      const onProgress = (message: string): void => {
        output.progress(message);
      };
      const variables = await cloudEnvironment(options, dependencies);
      const cloud = deployDependencies({ options, variables, onProgress });
      const target = await targetOptions(options, variables);
      const workspace = workspaceRoot;
      const dryRun = options.dryRun || options.diff;
      const confirm = (question: string): Promise<boolean> =>
        options.yes ? Promise.resolve(true) : askPerson(question, dependencies);
      if (options.list) {
        const releases = await listReleases({ ...target, workspace }, cloud);
        output.result(releases, releasesText(releases));
        return;
      }
      if (options.rollback === true || typeof options.rollback === 'string') {
        const sha256 = typeof options.rollback === 'string' ? options.rollback : null;
        const back = await rollBack(
          { ...target, workspace, sha256, now: options.now, dryRun, confirm },
          cloud,
        );
        output.result(back, rollbackText(back));
        if (back.result === 'declined') finish(exitCodes.failed);
        return;
      }
      const built = await packageAtHand(options, dependencies, onProgress);
      const send = (bootstrap: BootstrapFiles | null): Promise<DeployResult> =>
        deploy(
          {
            ...target,
            built,
            workspace,
            now: options.now,
            dryRun,
            rollback: options.rollback !== false,
            bootstrap,
            environment: variables,
            modelFile: resolve(workspaceRoot, 'tools/train/demo-model/model.onnx'),
            confirm,
          },
          cloud,
        );
      const given = bootstrapFiles(options, dependencies);
      const result = options.bootstrap
        ? await withFilesAtHand({ given, stack: options.stack, onProgress, work: send })
        : await send(null);
      output.result(result, deployText(result));
      if (result.result === 'declined') finish(exitCodes.failed);
    });
}
