import { inspectStack, listStacks, mendRecords } from '@mispriced/environment';
import { parseStackName } from '@mispriced/infra/stack';
import {
  listDeletedPreviewVaults,
  listPreviewGroups,
  type TaggedPlace,
} from '../cloud/preview-groups.ts';
import { stackOf, type PreviewDependencies } from '../preview-dependencies.ts';
import { latestExpiry } from './expiry.ts';
import { isStaleLock } from './stale-lock.ts';

/** All that is left of one pull request's preview, in Pulumi's record and in the cloud. */
export interface FoundPreview {
  readonly pullRequest: number;
  readonly stackName: string;
  /** Null where only the cloud knows of it. */
  readonly record: {
    readonly createdAt: Date | null;
    readonly updatedAt: Date | null;
    /** False where no update has ever come to its end. */
    readonly cameUp: boolean;
  } | null;
  /** More than one where an earlier one was lost to the record. */
  readonly groups: readonly TaggedPlace[];
  readonly deletedVaults: readonly TaggedPlace[];
  /** Up to when it is wanted, by its tags; null where none says so. */
  readonly expiry: Date | null;
}

/**
 * Finds every preview: by its tags in the cloud, and by Pulumi's record. Either may be missing, where
 * a run was killed or somebody cleaned up by hand.
 *
 * @param only One pull request, of which alone the record is read; else all.
 */
export async function findPreviews(
  dependencies: PreviewDependencies,
  only?: number,
): Promise<FoundPreview[]> {
  const connection = await dependencies.cloud.connection();
  await mendRecords({
    ...stackOf(dependencies, 'dev'),
    isStale: (lock) => isStaleLock(lock, dependencies),
  });
  const [stacks, groups, deletedVaults] = await Promise.all([
    listStacks(stackOf(dependencies, 'dev')),
    listPreviewGroups(connection),
    listDeletedPreviewVaults(connection),
  ]);
  const recorded = new Map(
    stacks.flatMap((each) => {
      const stack = parseStackName(each.name);
      return typeof stack === 'string' || stack.pullRequest === null
        ? []
        : [[stack.pullRequest, each] as const];
    }),
  );
  const tagged = [...groups, ...deletedVaults].map(({ pullRequest }) => pullRequest);
  const numbers = [...new Set([...recorded.keys(), ...tagged])]
    .filter((number) => only === undefined || number === only)
    .sort((left, right) => left - right);
  const found: FoundPreview[] = [];
  for (const pullRequest of numbers) {
    const stackName = `pr-${pullRequest}`;
    const stack = recorded.get(pullRequest);
    const own = groups.filter((each) => each.pullRequest === pullRequest);
    const known = stack && (await inspectStack(stackOf(dependencies, stackName)));
    found.push({
      pullRequest,
      stackName,
      groups: own,
      record:
        stack === undefined
          ? null
          : {
              createdAt: known?.createdAt ?? null,
              updatedAt: stack.updatedAt,
              cameUp: known?.cameUp ?? false,
            },
      deletedVaults: deletedVaults.filter((each) => each.pullRequest === pullRequest),
      expiry: latestExpiry(own),
    });
  }
  return found;
}
