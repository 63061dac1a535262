import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { endpointsAt, publicCloud, systemClock } from '@mispriced/azure';
import { MispricedError } from '@mispriced/core';
import {
  buildPackage,
  deployerCredential,
  readPackage,
  type BootstrapFiles,
  type DeployDependencies,
  type StoredPackage,
  type TargetOptions,
} from '@mispriced/deploy';
import { inLocalCloud } from '@mispriced/environment/in-local-cloud';
import type { CommandDependencies } from '../command-dependencies.ts';
import type { DeployCommandOptions } from './deploy-command-options.ts';
import { workspaceRoot } from '../workspace-root.ts';

type Progress = (message: string) => void;
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What a deployment works with: the cloud that the variables lead to, which `cloudEnvironment` found,
 * or the one that an option names.
 */
export function deployDependencies(args: {
  readonly options: Pick<DeployCommandOptions, 'armEndpoint' | 'stack'>;
  readonly variables: Variables;
  readonly onProgress: Progress;
}): DeployDependencies {
  const { options, variables, onProgress } = args;
  const isLocal = inLocalCloud({ stackName: options.stack, environment: variables });
  const elsewhere =
    options.armEndpoint ?? (isLocal ? variables['MISPRICED_LOCAL_CLOUD'] : undefined);
  if (elsewhere !== undefined) onProgress(`the resource manager is ${elsewhere}`);
  return {
    endpoints: elsewhere === undefined ? publicCloud : endpointsAt(elsewhere),
    credential: deployerCredential(variables),
    fetch,
    ...systemClock,
    onProgress,
  };
}

/** Which environment is meant; the subscription is the one that is signed in to where none is named. */
export async function targetOptions(
  options: Pick<DeployCommandOptions, 'stack' | 'app' | 'resourceGroup' | 'subscription'>,
  variables: Variables,
): Promise<TargetOptions> {
  const { stack, app, resourceGroup, subscription } = options;
  const named = subscription ?? variables['AZURE_SUBSCRIPTION_ID'];
  return {
    stack,
    subscriptionId: named ?? (await signedInSubscription()),
    ...(app !== undefined && { appName: app }),
    ...(resourceGroup !== undefined && { resourceGroup }),
  };
}

/** The package that is named, or one built now. */
export async function packageAtHand(
  options: Pick<DeployCommandOptions, 'package'>,
  dependencies: CommandDependencies,
  onProgress: Progress,
): Promise<StoredPackage> {
  if (options.package !== undefined) {
    return readPackage(resolve(dependencies.workingFolder, options.package));
  }
  onProgress('packing the strategy');
  return buildPackage({ workspace: workspaceRoot });
}

/** The files to bootstrap an environment with. */
export function bootstrapFiles(
  options: Pick<DeployCommandOptions, 'model' | 'ownData' | 'listing'>,
  dependencies: CommandDependencies,
): BootstrapFiles {
  const path = (file: string): string => resolve(dependencies.workingFolder, file);
  return {
    modelFolder: options.model === undefined ? null : path(options.model),
    ownData: Object.fromEntries(
      Object.entries(options.ownData).map(([set, file]) => [set, path(file)]),
    ),
    listingFile: options.listing === undefined ? null : path(options.listing),
  };
}

async function signedInSubscription(): Promise<string> {
  try {
    const words = ['account', 'show', '--query', 'id', '--output', 'tsv'];
    const { stdout } = await promisify(execFile)('az', words);
    if (stdout.trim() !== '') return stdout.trim();
  } catch {
    // Said below, whatever the reason.
  }
  throw new MispricedError({
    code: 'ENVIRONMENT_MISSING',
    message: 'Which subscription is meant cannot be told.',
    fix: 'Name it with --subscription or AZURE_SUBSCRIPTION_ID, or sign in with `az login`.',
  });
}
