import { type ArmClient, findSite, type FunctionApp, openFunctionApp } from '@mispriced/azure';
import type { LoadedConfig } from '@mispriced/config';
import { MispricedError, type ObjectStore } from '@mispriced/core';
import { accountAccess } from '../azure/account-access.ts';
import type { DeployDependencies } from '../azure/deploy-dependencies.ts';
import { deployerArm } from '../azure/deployer-arm.ts';
import { deployerVaults, type OpenVault } from '../azure/deployer-vault.ts';
import { openDeployerStores } from './open-deployer-stores.ts';
import { checkHostIdentity } from '../check/check-host-identity.ts';
import { checkSettings } from '../check/check-settings.ts';
import { checkStorageKey } from '../check/check-storage-key.ts';
import type { KnownSecret } from '../check/known-secret.ts';
import type { CheckProblem } from '../check/problem.ts';
import { proveStorageKey, type ProveStorageKey } from '../check/prove-storage-key.ts';
import { settingSecrets } from '../check/setting-secrets.ts';
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
  /** For the commands that messages name. */
  readonly stack: string;
}

/** The stores of an environment. */
export interface TargetStores {
  readonly config: LoadedConfig;
  readonly objects: ObjectStore;
  readonly releases: ReleaseLog;
  readonly packages: PackageStore;
}

/** Opens the stores that a configuration names; a test gives its own. */
type OpenStores = (args: {
  config: LoadedConfig;
  target: Target;
  dependencies: DeployDependencies;
}) => Promise<ObjectStore>;

/** What a check asks for beside the resource manager; a test gives its own. */
export interface EnvironmentClients {
  readonly openStores: OpenStores;
  readonly openVault: OpenVault;
  readonly proveStorageKey: ProveStorageKey;
}

/** Finds the app of a stack. @throws MispricedError `ENVIRONMENT_MISSING`, `CREDENTIAL_REFUSED` */
export async function openTarget(
  options: TargetOptions,
  dependencies: DeployDependencies,
): Promise<Target> {
  const arm = deployerArm(dependencies);
  const site = await findSite({ arm, ...options });
  const { addressOf } = dependencies.endpoints;
  const app = openFunctionApp({ site, arm, addressOf, fetch: dependencies.fetch });
  return { arm, app, settings: await app.settings(), stack: options.stack };
}

/** An environment's stores, and what stands against using it. */
export interface OpenedStores {
  /** Null where its settings do not say where they are, or they cannot be reached. */
  readonly stores: TargetStores | null;
  readonly problems: readonly CheckProblem[];
  readonly notices: readonly string[];
  /** What stands in its settings in plain, or was read for them, and must not ship. */
  readonly known: readonly KnownSecret[];
}

/**
 * Reads a target's settings with a package's configuration, and opens the stores they name. What is
 * wrong with either is told, not thrown, so that everything is told at once.
 */
export async function openStores(args: {
  target: Target;
  dependencies: DeployDependencies;
  files: PackageFiles;
  clients?: Partial<EnvironmentClients>;
}): Promise<OpenedStores> {
  const { target, dependencies, files, clients = {} } = args;
  const { settings, stack } = target;
  const openVault = clients.openVault ?? deployerVaults(dependencies);
  const prove = clients.proveStorageKey ?? proveStorageKey;
  const key = await checkStorageKey({ settings, stack, openVault, prove });
  const host = await checkHostIdentity({
    settings,
    stack,
    mayUseAccount: accountAccess(target.arm, target.app.id),
    deploymentContainerUrl: target.app.deploymentContainerUrl,
    identities: target.app.identities,
  });
  const all = await target.app.references();
  const references = all.filter(({ name }) => !key.missing.includes(name));
  const checked = await checkSettings({ files, settings, references, stack, openVault });
  const opened = await reach({ config: checked.config, args });
  return {
    stores: opened.stores,
    problems: [...checked.problems, ...key.problems, ...host.problems, ...opened.problems],
    notices: [...checked.notices, ...key.notices, ...host.notices],
    known: [...settingSecrets(settings), ...key.known],
  };
}

async function reach({
  config,
  args,
}: {
  config: LoadedConfig | null;
  args: Parameters<typeof openStores>[0];
}): Promise<Pick<OpenedStores, 'stores' | 'problems'>> {
  if (config === null) return { stores: null, problems: [] };
  const { target, dependencies, clients = {} } = args;
  try {
    const objects = await (clients.openStores ?? openDeployerStores)({
      config,
      target,
      dependencies,
    });
    const releases = createReleaseLog({ objects, strategy: config.values.strategy.name });
    // The first thing asked of the storage says whether whoever deploys may use it.
    await releases.read();
    const packages = createPackageStore(objects);
    return { stores: { config, objects, releases, packages }, problems: [] };
  } catch (error) {
    if (!(error instanceof MispricedError) || error.code === 'DATA_INVALID') throw error;
    return { stores: null, problems: [unreachable(error, target.stack)] };
  }
}

function unreachable({ message, fix }: MispricedError, stack: string): CheckProblem {
  return {
    check: 'storage',
    message,
    fix: `${fix} Where a setting of the app names the wrong account, \`npx mispriced up --stack ${stack}\` puts it back.`,
  };
}
