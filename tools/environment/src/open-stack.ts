import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MispricedError } from '@mispriced/core';
import { environmentProgram } from '@mispriced/infra/program';
import { explainProblems, readSettings } from '@mispriced/infra/settings';
import { parseStackName, type Stack as StackName } from '@mispriced/infra/stack';
import { automationCommand, findPulumi, type FoundPulumi } from '@mispriced/pulumi-cli';
import { LocalWorkspace, type Stack } from '@pulumi/pulumi/automation/index.js';
import type { Cloud } from './cloud.ts';

/** Which environment a command is about. */
export interface EnvironmentArgs {
  stackName: string;
  cloud: Cloud;
  /** The folder with Pulumi.yaml and the stacks' configuration; the repository's own by default. */
  projectFolder?: string;
  /** Settings to write into the stack's configuration first. */
  config?: Readonly<Record<string, string>>;
  /** How the stack's secrets are encrypted, such as azurekeyvault://...; a passphrase by default. */
  secretsProvider?: string;
  environment?: NodeJS.ProcessEnv;
  report?: (line: string) => void;
  pulumi?: FoundPulumi;
  /** What declares the resources; the project's own program by default. */
  program?: () => Record<string, unknown>;
}

/** An environment's stack, ready for the engine. */
export interface OpenStack {
  name: StackName;
  stack: Stack;
}

const ownFolder = fileURLToPath(new URL('../../../infra', import.meta.url));

/**
 * Finds or creates a stack and writes the given settings into it. Nothing is made in the cloud.
 *
 * @throws MispricedError CONFIG_INVALID for a stack that cannot be, or a passphrase that is missing.
 */
export async function openStack(args: EnvironmentArgs): Promise<OpenStack> {
  const name = parseStackName(args.stackName);
  if (typeof name === 'string') {
    throw new MispricedError({ code: 'CONFIG_INVALID', message: name, fix: 'Use --stack=dev.' });
  }
  const found = args.pulumi ?? (await findPulumi(args.report ? { report: args.report } : {}));
  const workDir = args.projectFolder ?? ownFolder;
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: name.name, projectName: 'mispriced', program: asProgram(args.program) },
    {
      workDir,
      pulumiCommand: await automationCommand(found),
      envVars: {
        PULUMI_SKIP_UPDATE_CHECK: 'true',
        ...passphrase({ ...args, name, workDir }),
        ...args.cloud.environment,
      },
      ...(args.secretsProvider !== undefined && { secretsProvider: args.secretsProvider }),
    },
  );
  const settings = Object.entries(settingsFor(name, args));
  if (settings.length > 0) {
    await stack.setAllConfig(
      Object.fromEntries(settings.map(([key, value]) => [`mispriced:${key}`, { value }])),
    );
  }
  return { name, stack };
}

/**
 * Refuses a configuration that cannot be before the engine starts.
 *
 * @throws MispricedError CONFIG_INVALID with every problem and the command that mends it.
 */
export async function checkSettings({ name, stack }: OpenStack): Promise<void> {
  const config: Record<string, string> = {};
  for (const [key, { value }] of Object.entries(await stack.getAllConfig())) {
    if (key.startsWith('mispriced:')) config[key.slice('mispriced:'.length)] = value;
  }
  const today = new Date().toISOString().slice(0, 10);
  const result = readSettings({ stackName: name.name, config, commit: null, today });
  if ('settings' in result) return;
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: explainProblems(result.problems),
    fix: 'Run the commands above in infra/ and try again.',
  });
}

function asProgram(program: () => Record<string, unknown> = environmentProgram) {
  return () => Promise.resolve(program());
}

/** The local stack is nobody's: it gets what it needs, where it has not been told otherwise. */
function settingsFor(name: StackName, args: EnvironmentArgs): Record<string, string> {
  const local = { location: 'westeurope', owner: 'local' };
  return { ...(name.kind === 'local' && local), ...args.config };
}

function passphrase(args: {
  name: StackName;
  workDir: string;
  environment?: NodeJS.ProcessEnv;
  secretsProvider?: string;
}): Record<string, string> {
  const environment = args.environment ?? process.env;
  const given = environment['PULUMI_CONFIG_PASSPHRASE'];
  if (given !== undefined) return { PULUMI_CONFIG_PASSPHRASE: given };
  if (environment['PULUMI_CONFIG_PASSPHRASE_FILE'] !== undefined) return {};
  if (args.secretsProvider !== undefined || hasSecretsProvider(args.workDir, args.name)) return {};
  // What a local environment holds is worth nothing, and an empty passphrase asks nobody anything.
  if (args.name.kind === 'local') return { PULUMI_CONFIG_PASSPHRASE: '' };
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: `The secrets of the stack ${args.name.name} are encrypted with a passphrase, and none is given.`,
    fix: 'Set PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds it (docs/environments.md).',
  });
}

function hasSecretsProvider(workDir: string, name: StackName): boolean {
  const file = join(workDir, `Pulumi.${name.name}.yaml`);
  return existsSync(file) && /^secretsprovider:/m.test(readFileSync(file, 'utf8'));
}
