import { MispricedError } from '@mispriced/core';
import { readAppStatus } from '../azure/app-status.ts';
import type { DeployDependencies } from '../azure/deploy-dependencies.ts';
import { collectConfig } from '../package/collect-config.ts';
import { lastGoodBefore, type ReleaseEntry } from '../release/release-log.ts';
import type { Difference } from './compare-packages.ts';
import { compareRelease } from './compare-release.ts';
import {
  openStores,
  openTarget,
  type EnvironmentClients,
  type TargetOptions,
} from './environment.ts';
import { refuse } from '../check/refuse.ts';
import { timeouts, sendRelease, type Timeouts } from './send-release.ts';
import { storageProblem } from './storage-problem.ts';
import { unhealthy } from './unhealthy.ts';
import { waitForQuiet } from './wait-for-quiet.ts';

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
    readonly clients?: Partial<EnvironmentClients>;
    readonly timeouts?: Timeouts;
    /** The working tree whose configuration the target's settings are read with. */
    readonly workspace: string;
  },
  dependencies: DeployDependencies,
): Promise<RollbackResult> {
  const target = await openTarget(options, dependencies);
  const { stores, problems, notices } = await openStores({
    target,
    dependencies,
    files: await collectConfig(options.workspace),
    ...(options.clients !== undefined && { clients: options.clients }),
  });
  for (const notice of notices) dependencies.onProgress(notice);
  const running = await readAppStatus(target.app);
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
    app: target.app.name,
    package: wanted.package,
    before: current,
    differences: await compareRelease({ before: current, zip, stores }),
  };
  if (options.dryRun) return { ...told, result: 'dry-run' };
  const question = `Put ${wanted.package.slice(0, 12)} back in ${target.app.name} (${options.stack})?`;
  if (options.stack === 'prod' && !(await options.confirm(question))) {
    return { ...told, result: 'declined' };
  }
  const beforeSending = options.now
    ? (): Promise<void> => Promise.resolve()
    : (): Promise<void> => waitForQuiet({ ...stores, dependencies });
  const seen = await sendRelease({
    dependencies,
    target,
    stores,
    zip,
    sha256: wanted.package,
    kind: 'rollback',
    beforeSending,
    source: { commit: wanted.commit, dirty: wanted.dirty },
    timeouts: options.timeouts ?? timeouts,
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
