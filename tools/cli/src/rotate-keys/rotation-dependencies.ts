import type { DeployDependencies, TargetOptions } from '@mispriced/deploy';
import { cloudEnvironment } from '../cloud-environment.ts';
import type { CommandDependencies } from '../command-dependencies.ts';
import { deployDependencies, targetOptions } from '../deploy/deploy-inputs.ts';

/** Options that say which environment is meant, as commander reads them. */
export interface TargetCommandOptions {
  readonly stack: string;
  readonly app?: string;
  readonly resourceGroup?: string;
  readonly subscription?: string;
}

/** Finds the cloud of a stack, also the local one that nobody named, and which environment is meant. */
export async function rotationTarget(
  options: TargetCommandOptions,
  dependencies: CommandDependencies,
  onProgress: (message: string) => void,
): Promise<{ cloud: DeployDependencies; target: TargetOptions }> {
  const variables = await cloudEnvironment(options, dependencies);
  return {
    cloud: deployDependencies({ options, variables, onProgress }),
    target: await targetOptions(options, variables),
  };
}
