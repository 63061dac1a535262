import { MispricedError } from '@mispriced/core';
import type { DeployWorld } from '../azure/deploy-world.ts';
import { collectConfig } from '../package/collect-config.ts';
import type { ReleaseEntry } from '../release/release-log.ts';
import {
  openStores,
  openTarget,
  type EnvironmentDoors,
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
    readonly doors?: Partial<EnvironmentDoors>;
  },
  world: DeployWorld,
): Promise<ReleaseList> {
  const target = await openTarget(options, world);
  const files = await collectConfig(options.workspace);
  const { stores, problems } = await openStores({
    ...{ target, world, files },
    ...(options.doors !== undefined && { doors: options.doors }),
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
  const running = (await target.app.status())?.release.package ?? null;
  return { app: target.app.name, running, releases: await stores.releases.read() };
}
