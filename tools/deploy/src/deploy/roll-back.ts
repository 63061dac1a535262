import { MispricedError } from '@mispriced/core';
import type { DeployWorld } from '../azure/deploy-world.ts';
import { collectConfig } from '../package/collect-config.ts';
import { lastGoodBefore, type ReleaseEntry } from '../release/release-log.ts';
import {
  openStores,
  openTarget,
  type OpenStores,
  type Target,
  type TargetOptions,
  type TargetStores,
} from './environment.ts';
import { patience, sendRelease, type Patience } from './send-release.ts';
import type { SourceState } from './source-state.ts';
import type { Verification } from './verify-release.ts';
import { waitForQuiet } from './wait-for-quiet.ts';

/**
 * Puts the last good version back after a new one turned out not to be well.
 *
 * @param args.fallback The release to go back to; null to leave things as they are.
 * @returns The error that the deployment ends with: what was wrong, and what runs now.
 */
export async function rollBackFrom(args: {
  world: DeployWorld;
  target: Target;
  stores: TargetStores;
  source: SourceState;
  patience: Patience;
  seen: Verification;
  fallback: ReleaseEntry | null;
  isNoWorse: boolean;
}): Promise<MispricedError> {
  const { world, stores, seen, fallback } = args;
  const wrong = [...seen.failures, ...seen.unhealthy].map((each) => `  ${each}`).join('\n');
  if (args.isNoWorse) {
    return unhealthy(
      `The new version runs, and these were not well before it either:\n${wrong}`,
      'Mend what is named; the code needs no other deployment.',
    );
  }
  if (fallback === null) {
    return unhealthy(
      `The new version is in place and not well:\n${wrong}`,
      'Nothing was rolled back. Mend it and deploy again, or go back with `npx mispriced deploy --rollback`.',
    );
  }
  world.onProgress(`not well: putting ${fallback.package.slice(0, 12)} back`);
  const zip = await stores.packages.read(fallback.package);
  const source = { commit: fallback.commit, dirty: fallback.dirty };
  const again = await sendRelease({
    ...{ ...args, source, zip, sha256: fallback.package, kind: 'rollback' },
  });
  const open = [...again.failures, ...again.unhealthy];
  return unhealthy(
    open.length === 0
      ? `The new version was not well and was rolled back; ${fallback.package} runs again:\n${wrong}`
      : `The new version was not well, nor is the one before it, ${fallback.package}, which was put back:\n${wrong}\nNow: ${open.join('; ')}`,
    'Mend what is named, then deploy again.',
  );
}

/** What a rollback came to. */
export interface RollbackResult {
  readonly app: string;
  readonly package: string;
  readonly before: string | null;
}

/**
 * Brings back a version that ran before: the last good one, or one by its SHA-256 or a beginning of
 * it. Needs what a deployment needs.
 *
 * @throws MispricedError `DATA_MISSING` where there is none to go back to, `DEPLOYMENT_UNHEALTHY`.
 */
export async function rollBack(
  options: TargetOptions & {
    readonly sha256: string | null;
    readonly now: boolean;
    readonly openStores?: OpenStores;
    readonly patience?: Patience;
    /** The working tree whose configuration the target's settings are read with. */
    readonly workspace: string;
  },
  world: DeployWorld,
): Promise<RollbackResult> {
  const target = await openTarget(options, world);
  const open = options.openStores;
  const { stores, problems } = await openStores({
    ...{ target, world, files: await collectConfig(options.workspace), stack: options.stack },
    ...(open !== undefined && { open }),
  });
  if (stores === null) {
    throw unhealthy(
      `The settings of ${target.app.name} are broken:\n${problems.map(({ message }) => `  ${message}`).join('\n')}`,
      'A rollback changes no setting: bring the environment up again with `npx nx up infra`.',
    );
  }
  const running = await target.app.status();
  const entries = await stores.releases.read();
  const current = running?.release.package ?? entries.at(-1)?.package ?? null;
  const wanted =
    options.sha256 === null
      ? lastGoodBefore(entries, current)
      : (entries.findLast((entry) => entry.package.startsWith(options.sha256 ?? '')) ?? null);
  if (wanted === null) {
    throw new MispricedError({
      code: 'DATA_MISSING',
      message: `There is no version to go back to${options.sha256 === null ? '' : ` that begins with ${options.sha256}`}.`,
      fix: 'See `npx mispriced deploy --list`.',
    });
  }
  const zip = await stores.packages.read(wanted.package);
  if (!options.now) await waitForQuiet({ ...stores, world });
  const seen = await sendRelease({
    ...{ world, target, stores, zip, sha256: wanted.package, kind: 'rollback' },
    source: { commit: wanted.commit, dirty: wanted.dirty },
    patience: options.patience ?? patience,
  });
  const wrong = [...seen.failures, ...seen.unhealthy];
  if (wrong.length > 0) {
    throw unhealthy(
      `${wanted.package} was put back and is not well:\n${wrong.map((each) => `  ${each}`).join('\n')}`,
      'Mend what is named; `npx mispriced deploy --list` shows other versions.',
    );
  }
  return { app: target.app.name, package: wanted.package, before: current };
}

function unhealthy(message: string, fix: string): MispricedError {
  return new MispricedError({ code: 'DEPLOYMENT_UNHEALTHY', message, fix });
}
