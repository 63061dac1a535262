import type { ResourceChange } from '@mispriced/environment';
import type { DriftReport } from '@mispriced/pipeline';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { cloudEnvironment, type Target } from '../cloud-environment.ts';
import { exitCodes } from '../command-dependencies.ts';
import { environmentName } from '../environment-name.ts';
import { createOutput } from '../output.ts';
import type { Registration } from './register.ts';

interface EnvironmentOptions {
  readonly stack: string;
  readonly target?: Target;
  readonly json: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly issue?: boolean;
  readonly config?: Readonly<Record<string, string>>;
}

/** What can be done with an environment, and what each says of itself. */
const described = {
  up: {
    description: 'Make an environment what its settings say; what is there already stays.',
    example: 'mispriced up --stack dev',
  },
  'preview-changes': {
    description: 'Tell what `up` would do, property by property.',
    example: 'mispriced preview-changes --stack prod',
  },
  outputs: {
    description: 'Names and addresses of an environment; never a secret.',
    example: 'mispriced outputs --stack dev --json',
  },
  drift: {
    description: 'Tell what was changed behind Pulumi’s back; fails where anything was.',
    example: 'mispriced drift --stack prod\n  mispriced drift --stack prod --issue',
  },
  destroy: {
    description: 'Take an environment away; refused while anything in it is protected.',
    example: 'mispriced destroy --stack pr-12 --yes',
  },
} as const;

/** `mispriced up`, `preview-changes`, `outputs`, `drift`, `destroy`: what exists in the cloud. */
export function registerEnvironment(registration: Registration): void {
  const add = (name: keyof typeof described): Command => addCommand(registration, name);
  withSettings(add('up')).option('--dry-run', 'as `preview-changes`: tell, and change nothing');
  withSettings(add('preview-changes'));
  add('outputs');
  add('drift').option('--issue', 'keep one issue on GitHub about it, and do not fail (docs/ci.md)');
  add('destroy').option('--yes', 'yes, take it away');
}

function addCommand({ program, dependencies, finish }: Registration, name: keyof typeof described) {
  const { description, example } = described[name];
  const command = program
    .command(name)
    .description(description)
    .requiredOption('--stack <name>', 'which: local, dev, staging, prod, pr-N', environmentName)
    .addOption(
      new Option(
        '--target <cloud>',
        'where: the stack `local` is in the local cloud, any other in Azure unless said here',
      ).choices(['azure', 'local']),
    )
    .option('--json', 'print the result as JSON', false)
    .addHelpText('after', `\nExample:\n  ${example}`);
  return command.action(async (options: EnvironmentOptions) => {
    if (name === 'destroy' && options.yes !== true) {
      command.error(`error: this takes ${options.stack} away with all it keeps; add --yes`);
    }
    // Pulumi's SDK takes a second to load, which no other command should spend.
    const { cloudOf, commands } = await import('@mispriced/environment');
    const act = commands[name === 'up' && options.dryRun === true ? 'preview-changes' : name];
    if (act === undefined) throw new TypeError(`There is no command ${name}.`);
    const output = createOutput(dependencies, options.json);
    const environment = await cloudEnvironment(options, dependencies);
    const cloud = await cloudOf(options.stack, environment);
    try {
      const { value, lines, isGood } = await act({
        stackName: options.stack,
        cloud,
        environment,
        ...(options.config !== undefined && { config: options.config }),
        report: (line) => {
          output.progress(line);
        },
      });
      if (name === 'drift' && options.issue === true) {
        const changes = value as readonly ResourceChange[];
        const issue = await writeIssue({ stackName: options.stack, changes, environment });
        output.result({ changes, ...issue }, [...lines, issueText(issue)].join('\n'));
        return;
      }
      output.result(value, lines.join('\n'));
      if (!isGood) finish(exitCodes.failed);
    } finally {
      await cloud.close();
    }
  });
}

async function writeIssue(args: {
  stackName: string;
  changes: readonly ResourceChange[];
  environment: NodeJS.ProcessEnv;
}): Promise<DriftReport> {
  const { openRepository, reportDrift } = await import('@mispriced/pipeline');
  return reportDrift({ ...args, repository: openRepository(args.environment) });
}

function issueText({ issue, done }: DriftReport): string {
  return issue === null ? 'no issue is open about it' : `issue ${issue}: ${done}`;
}

function withSettings(command: Command): Command {
  return command.option(
    '--config <key=value>',
    'a setting to write into the stack first, or without a value to take out; once for each',
    collectSetting,
  );
}

function collectSetting(
  text: string,
  previous: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, key, value] = /^([A-Za-z]+)=(.*)$/.exec(text) ?? [];
  if (key === undefined || value === undefined) {
    throw new InvalidArgumentError('Write it as key=value, such as schedule="3 25 15 * * *".');
  }
  return { ...previous, [key]: value };
}
