import type { DeployDependencies } from '../azure/deploy-dependencies.ts';
import type { Target, TargetStores } from './environment.ts';
import type { SourceState } from './source-state.ts';
import { tokenOwner } from './token-owner.ts';

/**
 * Has the release log say of a package that was seen running and well that it is live, where its last
 * line says something else: its deployment was killed before it could say so, or what it depended on
 * was mended later. A rollback goes to what was live last.
 *
 * @param args.source Where the package came from, for a log that has no line of it.
 */
export async function noteRunning(args: {
  stores: Pick<TargetStores, 'releases'>;
  dependencies: Pick<DeployDependencies, 'now'>;
  target: Pick<Target, 'arm'>;
  package: string;
  source: SourceState;
}): Promise<void> {
  const { releases } = args.stores;
  const entries = await releases.read();
  const last = entries.at(-1);
  if (last?.package === args.package && last.result === 'live') return;
  const { commit, dirty, kind } = entries.findLast((each) => each.package === args.package) ?? {
    ...args.source,
    kind: 'deploy' as const,
  };
  await releases.add({
    at: args.dependencies.now().toISOString(),
    who: tokenOwner(await args.target.arm.token()),
    commit,
    dirty,
    package: args.package,
    kind,
    result: 'live',
    reason: null,
  });
}
