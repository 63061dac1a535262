import { MispricedError } from '@mispriced/core';
import type { DeployDependencies } from '../azure/deploy-dependencies.ts';
import type { ReleaseEntry } from '../release/release-log.ts';
import type { Target, TargetStores } from './environment.ts';
import { sendRelease, type Timeouts } from './send-release.ts';
import type { SourceState } from './source-state.ts';
import { unhealthy } from './unhealthy.ts';
import type { Verification } from './verify-release.ts';
import { waitForRunEnd } from './wait-for-quiet.ts';

/**
 * Puts the last good version back after a new one turned out not to be well.
 *
 * @param args.fallback The release to go back to; null to leave things as they are.
 * @returns The error that the deployment ends with: what was wrong, and what runs now.
 */
export async function rollBackFrom(args: {
  dependencies: DeployDependencies;
  target: Target;
  stores: TargetStores;
  source: SourceState;
  timeouts: Timeouts;
  seen: Verification;
  fallback: Pick<ReleaseEntry, 'package' | 'commit' | 'dirty'> | null;
  isNoWorse: boolean;
  /** What could not be proven before, and may explain what is wrong now. */
  notices: readonly string[];
  /** Do not wait for a run that is under way. */
  now: boolean;
}): Promise<MispricedError> {
  const { dependencies, stores, seen, fallback } = args;
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
  dependencies.onProgress(`not well: putting ${fallback.package.slice(0, 12)} back`);
  let again: Verification;
  try {
    const zip = await stores.packages.read(fallback.package);
    const source = { commit: fallback.commit, dirty: fallback.dirty };
    const beforeSending = (): Promise<void> =>
      args.now ? Promise.resolve() : waitForRunEnd({ ...stores, dependencies });
    again = await sendRelease({
      ...args,
      source,
      zip,
      sha256: fallback.package,
      kind: 'rollback',
      beforeSending,
    });
  } catch (error) {
    return notPutBack({ error, wrong, wanted: fallback.package });
  }
  const open = [...again.failures, ...again.unhealthy];
  return unhealthy(
    open.length === 0
      ? `The new version was not well and was rolled back; ${fallback.package} runs again:\n${wrong}`
      : `The new version was not well, nor is the one before it, ${fallback.package}, which was put back:\n${wrong}\nNow: ${open.join('; ')}`,
    'Mend what is named, then deploy again.',
  );
}

/** Both are told: what was wrong with the new version, and why the old one is not back. */
function notPutBack(args: { error: unknown; wrong: string; wanted: string }): MispricedError {
  const { error, wrong, wanted } = args;
  const why = error instanceof Error ? error.message : String(error);
  const fix = error instanceof MispricedError ? ` ${error.fix}` : '';
  return unhealthy(
    `The new version is in place and not well:\n${wrong}\nThe one before it, ${wanted}, could not be put back: ${why}`,
    `Mend what is named, then deploy again, or go back with \`npx mispriced deploy --rollback\`.${fix}`,
    error,
  );
}
