import { MispricedError } from '@mispriced/core';
import type { DeployWorld } from '../azure/deploy-world.ts';
import { collectConfig } from '../package/collect-config.ts';
import { lastGoodBefore, type ReleaseEntry } from '../release/release-log.ts';
import type { Difference } from './compare-packages.ts';
import { compareRelease } from './compare-release.ts';
import {
  openStores,
  openTarget,
  type EnvironmentDoors,
  type Target,
  type TargetOptions,
  type TargetStores,
} from './environment.ts';
import { refuse } from '../check/refuse.ts';
import { patience, sendRelease, type Patience } from './send-release.ts';
import { storageProblem } from './storage-problem.ts';
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
  /** What could not be proven before, and may explain what is wrong now. */
  notices: readonly string[];
}): Promise<MispricedError> {
  const { world, stores, seen, fallback } = args;
  const wrong = [...seen.failures, ...seen.unhealthy, ...args.notices]
    .map((each) => `  ${each}`)
    .join('\n');
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
  readonly result: 'live' | 'dry-run' | 'declined';
  readonly app: string;
  readonly package: string;
  readonly before: string | null;
  /** How the version that comes back differs from the one that runs. */
  readonly differences: readonly Difference[];
}

/**
 * Brings back a version that ran before: the last good one, or one by its SHA-256 or a beginning of
 * it. Needs what a deployment needs.
 *
 * @throws MispricedError `DATA_MISSING` where there is none to go back to, `PACKAGE_REFUSED` where
 * the environment would let no version run, `DEPLOYMENT_UNHEALTHY`.
 */
export async function rollBack(
  options: TargetOptions & {
    readonly sha256: string | null;
    readonly now: boolean;
    /** Tells which version would come back, and sends nothing. */
    readonly dryRun: boolean;
    /** Asks a person; only asked for production. */
    readonly confirm: (question: string) => Promise<boolean>;
    readonly doors?: Partial<EnvironmentDoors>;
    readonly patience?: Patience;
    /** The working tree whose configuration the target's settings are read with. */
    readonly workspace: string;
  },
  world: DeployWorld,
): Promise<RollbackResult> {
  const target = await openTarget(options, world);
  const { stores, problems, notices } = await openStores({
    ...{ target, world, files: await collectConfig(options.workspace) },
    ...(options.doors !== undefined && { doors: options.doors }),
  });
  for (const notice of notices) world.onProgress(notice);
  const running = await target.app.status();
  // What else is amiss may be what the old version is wanted for; without storage none runs.
  const inTheWay = [
    ...problems.filter(({ check }) => check === 'storage'),
    ...storageProblem({ target, running, known: problems }),
  ];
  if (stores === null || inTheWay.length > 0) {
    throw refuse('deployment', stores === null ? problems : inTheWay);
  }
  const entries = await stores.releases.read();
  const current = running?.release.package ?? entries.at(-1)?.package ?? null;
  const wanted = chooseRelease({ entries, current, sha256: options.sha256 });
  const zip = await stores.packages.read(wanted.package);
  const told = {
    ...{ app: target.app.name, package: wanted.package, before: current },
    differences: await compareRelease({ before: current, zip, stores }),
  };
  if (options.dryRun) return { ...told, result: 'dry-run' };
  const question = `Put ${wanted.package.slice(0, 12)} back in ${target.app.name} (${options.stack})?`;
  if (options.stack === 'prod' && !(await options.confirm(question))) {
    return { ...told, result: 'declined' };
  }
  if (!options.now) await waitForQuiet({ ...stores, world });
  const seen = await sendRelease({
    ...{ world, target, stores, zip, sha256: wanted.package, kind: 'rollback' },
    source: { commit: wanted.commit, dirty: wanted.dirty },
    patience: options.patience ?? patience,
  });
  const wrong = [...seen.failures, ...seen.unhealthy, ...notices];
  if (seen.failures.length > 0 || seen.unhealthy.length > 0) {
    throw unhealthy(
      `${wanted.package} was put back and is not well:\n${wrong.map((each) => `  ${each}`).join('\n')}`,
      'Mend what is named; `npx mispriced deploy --list` shows other versions.',
    );
  }
  return { ...told, result: 'live' };
}

/** The release that is meant. @throws MispricedError `DATA_MISSING`, `CONFIG_INVALID` */
function chooseRelease(args: {
  entries: readonly ReleaseEntry[];
  current: string | null;
  sha256: string | null;
}): ReleaseEntry {
  const { entries, current, sha256 } = args;
  const missing = (what: string): MispricedError =>
    new MispricedError({
      code: 'DATA_MISSING',
      message: `There is no version ${what}.`,
      fix: 'See `npx mispriced deploy --list`.',
    });
  if (sha256 === null) {
    const last = lastGoodBefore(entries, current);
    if (last !== null) return last;
    throw missing('to go back to: none that ran before this one was well');
  }
  const begun = entries.filter((entry) => entry.package.startsWith(sha256.toLowerCase()));
  const names = [...new Set(begun.map((entry) => entry.package))];
  if (names.length > 1) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `More than one version begins with ${sha256}: ${names.join(', ')}.`,
      fix: 'Give more of its name.',
    });
  }
  const last = begun.at(-1);
  if (last !== undefined) return last;
  throw missing(`that begins with ${sha256}`);
}

function unhealthy(message: string, fix: string): MispricedError {
  return new MispricedError({ code: 'DEPLOYMENT_UNHEALTHY', message, fix });
}
