import { asMispricedError, type MispricedError } from '@mispriced/core';
import type { Github } from '../github/github.ts';
import type { PreviewDependencies } from '../preview-dependencies.ts';
import { findPreviews, type FoundPreview } from './find-previews.ts';
import { reasonToEnd, type EndReason, type PullRequestState } from './reason-to-end.ts';
import { takeDown } from './take-down.ts';

/** What was done with one preview, and why. */
export interface SweptPreview {
  readonly pr: number;
  readonly reason: EndReason | null;
  /** `would remove` in a dry run; `busy` where somebody is at work in it. */
  readonly result: 'kept' | 'removed' | 'would remove' | 'busy' | 'failed';
  readonly error: { readonly code: string; readonly message: string; readonly fix: string } | null;
}

/**
 * Takes away every preview that has expired, whose pull request is closed, or that was given up
 * halfway. One that fails does not keep the others; run again, it begins with what is left.
 *
 * @param args.github Null where pull requests are not to be asked for.
 */
export async function sweep(args: {
  dependencies: PreviewDependencies;
  github: Github | null;
  idleMinutes: number;
  dryRun: boolean;
}): Promise<SweptPreview[]> {
  const { dependencies, github, idleMinutes, dryRun } = args;
  const swept: SweptPreview[] = [];
  const reasonOf = async (preview: FoundPreview): Promise<EndReason | null> => {
    const state = await stateOf(github, preview);
    return reasonToEnd({ preview, state, now: dependencies.now(), idleMinutes });
  };
  for (const preview of await findPreviews(dependencies)) {
    const { pullRequest: pr } = preview;
    try {
      let reason = await reasonOf(preview);
      if (reason !== null && !dryRun) {
        // Those before it took their time, in which a push may have begun this one anew.
        const [still] = await findPreviews(dependencies, pr);
        reason = still === undefined ? null : await reasonOf(still);
      }
      if (reason !== null && !dryRun) {
        dependencies.report(`pr-${pr} is ${reason}`);
        await takeDown(pr, dependencies);
      }
      const result = reason === null ? 'kept' : dryRun ? 'would remove' : 'removed';
      swept.push({ pr, reason, result, error: null });
    } catch (thrown) {
      const error = asMispricedError(thrown);
      swept.push({ pr, reason: null, result: resultOf(error), error: error.toJSON() });
    }
  }
  return swept;
}

function stateOf(github: Github | null, { pullRequest }: FoundPreview): Promise<PullRequestState> {
  return github === null ? Promise.resolve('unasked') : github.pullRequestState(pullRequest);
}

function resultOf({ code, retryable }: MispricedError): 'busy' | 'failed' {
  return code === 'ENVIRONMENT_REFUSED' && retryable ? 'busy' : 'failed';
}
