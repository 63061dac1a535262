import type { DeployDependencies } from '../azure/deploy-dependencies.ts';
import { publishPackage } from '../azure/one-deploy.ts';
import type { ReleaseEntry } from '../release/release-log.ts';
import { effectiveSettings, keptSettings } from './effective-settings.ts';
import type { Target, TargetStores } from './environment.ts';
import type { SourceState } from './source-state.ts';
import { tokenOwner } from './token-owner.ts';
import { verifyRelease, type Verification } from './verify-release.ts';

/** How long a deployment may take, and a new version to be seen, in seconds. */
export const timeouts = { publishSeconds: 600, verifySeconds: 300 } as const;

/** How long to wait for each, for tests to shorten. */
export type Timeouts = Readonly<Record<keyof typeof timeouts, number>>;

/** Keeps a package with the settings that it is sent with. */
export async function keepPackage(args: {
  stores: TargetStores;
  zip: Uint8Array;
  sha256: string;
  commit: string | null;
}): Promise<void> {
  const { stores, ...kept } = args;
  const settings = keptSettings(effectiveSettings(stores.config));
  await stores.packages.keep({ ...kept, settings });
}

/**
 * Sends a package and looks until its code is seen running, with every step in the release log. It
 * may be killed anywhere: the package is kept before it is sent, and Azure replaces what runs whole
 * or not at all. What became of a package whose deployment nobody can tell of is seen at the app.
 *
 * @throws MispricedError when Azure does not take it; that stands in the log, too.
 */
export async function sendRelease(args: {
  dependencies: DeployDependencies;
  target: Target;
  stores: TargetStores;
  zip: Uint8Array;
  sha256: string;
  kind: ReleaseEntry['kind'];
  source: SourceState;
  timeouts: Timeouts;
  /** Called each time before the package is sent: what it does kills what runs. */
  beforeSending: () => Promise<void>;
}): Promise<Verification> {
  const { dependencies, target, stores, zip, sha256, kind, source } = args;
  const who = tokenOwner(await target.arm.token());
  const note = async (result: ReleaseEntry['result'], reason: string | null): Promise<void> => {
    const at = dependencies.now().toISOString();
    await stores.releases.add({ at, who, ...source, package: sha256, kind, result, reason });
  };
  dependencies.onProgress(`keeping the package as ${sha256}.zip`);
  await keepPackage({ stores, zip, sha256, commit: source.commit });
  await note('begun', null);
  dependencies.onProgress(
    `sending ${(zip.length / 1_000_000).toFixed(1)} MB to ${target.app.name}`,
  );
  try {
    const outcome = await publishPackage({
      dependencies,
      arm: target.arm,
      scmHost: target.app.scmHost,
      zip: new Uint8Array(zip),
      stack: target.stack,
      beforeSending: args.beforeSending,
      timeoutSeconds: args.timeouts.publishSeconds,
    });
    if (outcome === 'unverified') {
      dependencies.onProgress(
        'the deployment service does not tell how it ended; looking at the app itself',
      );
    }
  } catch (error) {
    await note('failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
  const seen = await verifyRelease({
    app: target.app,
    dependencies,
    zip,
    stack: target.stack,
    timeoutSeconds: args.timeouts.verifySeconds,
  });
  const open = [...seen.failures, ...seen.unhealthy];
  if (open.length === 0) await note('live', null);
  else await note('unhealthy', open.join('; '));
  return seen;
}
