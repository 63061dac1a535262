import { endStack, forgetStack, mendRecords, type StackLock } from '@mispriced/environment';
import {
  deleteGroup,
  listDeletedPreviewVaults,
  listPreviewGroups,
  endVault,
  type TaggedPlace,
} from '../cloud/preview-groups.ts';
import { stackOf, type PreviewDependencies } from '../preview-dependencies.ts';
import { isStaleLock } from './stale-lock.ts';

/** What was found, and taken away unless it was only looked for. */
export interface TakenDown {
  readonly pullRequest: number;
  readonly groups: readonly string[];
  readonly purgedVaults: readonly string[];
}

/**
 * Takes a preview away, in whatever state it was left, until nothing of it is there: what Pulumi knows
 * of, then what else carries its tags, then what soft delete keeps, at last the record. It may be
 * killed anywhere and run again; what is gone already is no mistake.
 *
 * @throws MispricedError ENVIRONMENT_REFUSED where somebody is at work in it; ENVIRONMENT_FAILED.
 */
export async function takeDown(
  pullRequest: number,
  dependencies: PreviewDependencies,
  options: { readonly dryRun: boolean } = { dryRun: false },
): Promise<TakenDown> {
  const { report } = dependencies;
  const connection = await dependencies.cloud.connection();
  const isOwn = (each: TaggedPlace): boolean => each.pullRequest === pullRequest;
  const found = (await listPreviewGroups(connection)).filter(isOwn).map(({ name }) => name);
  if (options.dryRun) {
    const vaults = (await listDeletedPreviewVaults(connection)).filter(isOwn);
    return { pullRequest, groups: found, purgedVaults: vaults.map(({ name }) => name) };
  }
  const stack = stackOf(dependencies, `pr-${pullRequest}`);
  const isStale = (lock: StackLock): boolean => isStaleLock(lock, dependencies);
  await mendRecords({ ...stack, isStale });
  const problem = await endStack({ ...stack, isStale });
  // What the engine could not destroy goes with its group.
  if (problem !== null) report(`${problem.message}; going on with its resource groups`);
  const groups = (await listPreviewGroups(connection)).filter(isOwn);
  for (const group of groups) {
    report(`delete ${group.name}`);
    await deleteGroup(connection, group);
  }
  const vaults = (await listDeletedPreviewVaults(connection)).filter(isOwn);
  for (const vault of vaults) {
    report(`purge ${vault.name}`);
    await endVault(connection, vault);
  }
  await forgetStack(stack);
  return {
    pullRequest,
    groups: found,
    purgedVaults: vaults.map(({ name }) => name),
  };
}
