import type { LoadedConfig } from '@mispriced/config';
import type { ObjectStore } from '@mispriced/core';
import { createArmClient, type ArmClient } from '../azure/arm-client.ts';
import type { DeployWorld } from '../azure/deploy-world.ts';
import { findApp } from '../azure/find-app.ts';
import { openFunctionApp, type FunctionApp } from '../azure/function-app.ts';
import { openDeployerStores } from './open-deployer-stores.ts';
import { checkSettings } from '../check/check-settings.ts';
import type { CheckProblem } from '../check/problem.ts';
import type { PackageFiles } from '../package/package-files.ts';
import { createPackageStore, type PackageStore } from '../release/package-store.ts';
import { createReleaseLog, type ReleaseLog } from '../release/release-log.ts';

/** Which environment is meant. */
export interface TargetOptions {
  readonly stack: string;
  readonly subscriptionId: string;
  readonly appName?: string;
  readonly resourceGroup?: string;
}

/** An environment as far as its settings need not be sound. */
export interface Target {
  readonly arm: ArmClient;
  readonly app: FunctionApp;
  readonly settings: Readonly<Record<string, string>>;
}

/** The stores of an environment. */
export interface TargetStores {
  readonly config: LoadedConfig;
  readonly objects: ObjectStore;
  readonly releases: ReleaseLog;
  readonly packages: PackageStore;
}

/** Opens the stores that a configuration names; a test gives its own. */
export type OpenStores = (args: {
  config: LoadedConfig;
  target: Target;
  world: DeployWorld;
}) => Promise<ObjectStore>;

/** Finds the app of a stack. @throws MispricedError `ENVIRONMENT_MISSING`, `CREDENTIAL_REFUSED` */
export async function openTarget(options: TargetOptions, world: DeployWorld): Promise<Target> {
  const arm = createArmClient(world);
  const found = await findApp({ arm, ...options });
  const app = openFunctionApp({ found, arm, world });
  return { arm, app, settings: await app.settings() };
}

/** Reads a target's settings with a package's configuration, and opens the stores they name. */
export async function openStores(args: {
  target: Target;
  world: DeployWorld;
  files: PackageFiles;
  stack: string;
  open?: OpenStores;
}): Promise<{ stores: TargetStores | null; problems: readonly CheckProblem[] }> {
  const { target, world, files, stack, open = openDeployerStores } = args;
  const references = await target.app.references();
  const { settings } = target;
  const { config, problems } = await checkSettings({ files, settings, references, stack });
  if (config === null) return { stores: null, problems };
  const objects = await open({ config, target, world });
  const strategy = config.values.strategy.name;
  return {
    stores: {
      ...{ config, objects },
      releases: createReleaseLog({ objects, strategy }),
      packages: createPackageStore(objects),
    },
    problems,
  };
}
