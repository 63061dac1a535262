import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MispricedError } from '@mispriced/core';
import { environmentProgram } from '@mispriced/infra/program';
import { explainProblems, readSettings } from '@mispriced/infra/settings';
import { parseStackName, type Stack as StackName } from '@mispriced/infra/stack';
import { automationCommand, findPulumi, type FoundPulumi } from '@mispriced/pulumi-cli';
import {
  LocalWorkspace,
  type InlineProgramArgs,
  type LocalWorkspaceOptions,
  type Stack,
  StackNotFoundError,
} from '@pulumi/pulumi/automation/index.js';
import type { Cloud } from './cloud.ts';
import { budgetSince } from './budget-since.ts';
import { failWhenCutOff } from './fail-when-cut-off.ts';
import { prepareLocalProject } from './local-place.ts';

/** Which environment a command is about. */
export interface EnvironmentArgs {
  stackName: string;
  cloud: Cloud;
  /** The folder with Pulumi.yaml and the stacks' configuration; the repository's own by default. */
  projectFolder?: string;
  /** Settings to write into the stack's configuration first; an empty one is taken out of it. */
  config?: Readonly<Record<string, string>>;
  /**
   * How the stack's secrets are encrypted, such as azurekeyvault://...: MISPRICED_SECRETS_PROVIDER
   * unless given, else a passphrase.
   */
  secretsProvider?: string;
  environment?: NodeJS.ProcessEnv;
  report?: (line: string) => void;
  pulumi?: FoundPulumi;
  /** What declares the resources; the project's own program by default. */
  program?: () => Record<string, unknown> | Promise<Record<string, unknown>>;
}

/** An environment's stack, ready for the engine. */
export interface OpenStack {
  name: StackName;
  stack: Stack;
}

/** One whose settings are about to be used. */
export interface ConfiguredStack extends OpenStack {
  /** The project's own settings as they now stand in the stack's file. */
  config: Readonly<Record<string, string>>;
}

const prefix = 'mispriced:';
const ownFolder = fileURLToPath(new URL('../../../infra', import.meta.url));

/**
 * Finds or creates a stack and writes the given settings into it. Nothing is made in the cloud.
 *
 * @throws MispricedError CONFIG_INVALID for a stack that cannot be, or a passphrase that is missing.
 */
export async function openStack(args: EnvironmentArgs): Promise<ConfiguredStack> {
  const { name, parameters } = await prepare(args);
  const stack = await LocalWorkspace.createOrSelectStack(...parameters);
  const before = await stack.getAllConfig();
  const config = new Map(
    Object.entries(before)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, { value }]) => [key.slice(prefix.length), value]),
  );
  const changed: Record<string, { value: string }> = {};
  for (const [key, value] of Object.entries(settingsFor({ name, args, before: config }))) {
    if (config.get(key) === value) continue;
    if (value !== '') {
      changed[prefix + key] = { value };
      config.set(key, value);
    } else if (config.delete(key)) {
      await stack.removeConfig(prefix + key);
    }
  }
  if (Object.keys(changed).length > 0) await stack.setAllConfig(changed);
  return { name, stack, config: Object.fromEntries(config) };
}

/**
 * Finds a stack as it is. Nothing is written, neither in the cloud nor here.
 *
 * @throws MispricedError ENVIRONMENT_REFUSED where there is none of this name.
 */
export async function findStack(args: EnvironmentArgs): Promise<OpenStack> {
  const { name, parameters } = await prepare(args);
  try {
    return { name, stack: await LocalWorkspace.selectStack(...parameters) };
  } catch (error) {
    if (error instanceof StackNotFoundError) throw notThere(name.name, error);
    throw error;
  }
}

/** Says that an environment is not there, and how to make it. */
export function notThere(stackName: string, cause?: unknown): MispricedError {
  return new MispricedError({
    code: 'ENVIRONMENT_REFUSED',
    message: `There is no environment ${stackName} yet, or its last update failed.`,
    fix: `Bring it up: npx mispriced up --stack ${stackName}`,
    cause,
  });
}

async function prepare(args: EnvironmentArgs) {
  const name = parseStackName(args.stackName);
  if (typeof name === 'string') {
    throw new MispricedError({ code: 'CONFIG_INVALID', message: name, fix: 'Use --stack=dev.' });
  }
  const declare = args.program ?? environmentProgram;
  const program: InlineProgramArgs = {
    stackName: name.name,
    projectName: 'mispriced',
    program: failWhenCutOff(async () => declare()),
  };
  return { name, parameters: [program, await workspaceOptions(args, name)] as const };
}

/** Where the engine finds the project, itself and its secrets. */
async function workspaceOptions(
  args: EnvironmentArgs,
  name: StackName,
): Promise<LocalWorkspaceOptions> {
  const options = await engineOptions(args, name.name);
  const { workDir } = options;
  const secretsProvider = secretsProviderOf(args);
  return {
    ...options,
    envVars: { ...options.envVars, ...passphrase({ ...args, name, workDir }) },
    ...(secretsProvider !== undefined && { secretsProvider }),
  };
}

/** Where the engine is, and the project with all of its stacks. */
export async function engineOptions(
  args: Omit<EnvironmentArgs, 'stackName'>,
  stackName: string,
): Promise<{ workDir: string } & LocalWorkspaceOptions> {
  const found = args.pulumi ?? (await findPulumi(args.report ? { report: args.report } : {}));
  const workDir = args.projectFolder ?? args.cloud.local?.projectFolder ?? ownFolder;
  if (workDir === args.cloud.local?.projectFolder) prepareLocalProject(workDir, stackName);
  return {
    workDir,
    pulumiCommand: await automationCommand(found),
    envVars: {
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      // In a fresh clone only the state says how a stack that was made elsewhere is encrypted.
      PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: 'true',
      ...args.cloud.environment,
    },
  };
}

/**
 * Refuses a configuration that cannot be before the engine starts.
 *
 * @throws MispricedError CONFIG_INVALID with every problem and the command that mends it.
 */
export async function checkSettings(open: ConfiguredStack, { local }: Cloud): Promise<void> {
  const { name, config } = open;
  const result = readSettings({
    stackName: name.name,
    config,
    commit: null,
    now: new Date(),
    ...(config['budgetStart'] !== undefined && { budgetSince: await budgetSince(open) }),
  });
  if ('settings' in result) return;
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: explainProblems(result.problems),
    fix:
      local === undefined
        ? 'Run the commands above in infra/ and try again.'
        : `Give them to it: npx mispriced up --stack ${name.name} --config KEY=VALUE`,
  });
}

/** What is written into a stack: what was asked for, and what it lacks and its cloud can say. */
function settingsFor(given: {
  name: StackName;
  args: EnvironmentArgs;
  before: ReadonlyMap<string, string>;
}): Record<string, string> {
  const { name, args, before } = given;
  const { local } = args.cloud;
  const isHere = name.kind === 'local' || local !== undefined;
  const defaults: Record<string, string> = {
    ...(isHere && { location: 'westeurope', owner: 'local' }),
    ...(local?.operatorsGroupObjectId !== undefined && {
      operatorsGroupObjectId: local.operatorsGroupObjectId,
    }),
  };
  const missing = Object.entries(defaults).filter(([key]) => !before.has(key));
  // Market and sign-in are wherever the local cloud has them now.
  const market = name.kind === 'dev' || name.kind === 'preview' ? undefined : local?.market;
  return {
    ...Object.fromEntries(missing),
    ...(local?.authorityUrl !== undefined && { authorityUrl: local.authorityUrl }),
    ...(market !== undefined && { venueUrl: market.url, venueAccountId: market.accountId }),
    ...args.config,
  };
}

function passphrase(args: {
  name: StackName;
  cloud: Cloud;
  workDir: string;
  environment?: NodeJS.ProcessEnv;
  secretsProvider?: string;
}): Record<string, string> {
  // What a local cloud's environment holds is worth nothing, and an empty one asks nobody anything.
  if (args.workDir === args.cloud.local?.projectFolder) return { PULUMI_CONFIG_PASSPHRASE: '' };
  const environment = args.environment ?? process.env;
  const given = environment['PULUMI_CONFIG_PASSPHRASE'];
  if (given !== undefined) return { PULUMI_CONFIG_PASSPHRASE: given };
  if (environment['PULUMI_CONFIG_PASSPHRASE_FILE'] !== undefined) return {};
  if (secretsProviderOf(args) !== undefined || hasSecretsProvider(args.workDir, args.name))
    return {};
  if (args.name.kind === 'local') return { PULUMI_CONFIG_PASSPHRASE: '' };
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: `The secrets of the stack ${args.name.name} are encrypted with a passphrase, and none is given.`,
    fix: 'Set PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds it (docs/environments.md).',
  });
}

function secretsProviderOf(
  args: Pick<EnvironmentArgs, 'secretsProvider' | 'environment'>,
): string | undefined {
  const named = (args.environment ?? process.env)['MISPRICED_SECRETS_PROVIDER'];
  return args.secretsProvider ?? (named === '' ? undefined : named);
}

function hasSecretsProvider(workDir: string, name: StackName): boolean {
  const file = join(workDir, `Pulumi.${name.name}.yaml`);
  return existsSync(file) && /^secretsprovider:/m.test(readFileSync(file, 'utf8'));
}
