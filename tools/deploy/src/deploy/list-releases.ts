import { MispricedError } from '@mispriced/core';
import { readAppStatus } from '../azure/app-status.ts';
import type { DeployDependencies } from '../azure/deploy-dependencies.ts';
import { collectConfig } from '../package/collect-config.ts';
import type { ReleaseEntry } from '../release/release-log.ts';
import {
  openStores,
  openTarget,
  type EnvironmentClients,
  type TargetOptions,
} from './environment.ts';

/** The releases of an environment. */
export interface ReleaseList {
  readonly app: string;
  /** The package that says it runs; null where none says so. */
  readonly running: string | null;
  /** Oldest first. */
  readonly releases: readonly ReleaseEntry[];
}

/**
 * Reads an environment's release log, and asks the app which release it is. Needs Storage Blob Data
 * Reader.
 *
 * @throws MispricedError `CONFIG_INVALID` where its settings do not tell where the log is.
 */
export async function listReleases(
  options: TargetOptions & {
    readonly workspace: string;
    readonly clients?: Partial<EnvironmentClients>;
  },
  dependencies: DeployDependencies,
): Promise<ReleaseList> {
  const target = await openTarget(options, dependencies);
  const files = await collectConfig(options.workspace);
  const { stores, problems } = await openStores({
    target,
    dependencies,
    files,
    ...(options.clients !== undefined && { clients: options.clients }),
  });
  if (stores === null) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `Where the releases of ${target.app.name} are kept cannot be told:\n${problems.map(({ message }) => `  ${message}`).join('\n')}`,
      fix:
        problems[0]?.fix ??
        `Bring the environment up: \`npx mispriced up --stack ${options.stack}\`.`,
    });
  }
  const running = (await readAppStatus(target.app))?.release.package ?? null;
  return { app: target.app.name, running, releases: await stores.releases.read() };
}
