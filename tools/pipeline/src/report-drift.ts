import type { ResourceChange } from '@mispriced/environment';
import { driftBody, driftTitle, markerOf } from './drift-text.ts';
import type { RepositoryAccess } from './repository-access.ts';

/** The label of the issues; it makes them findable among thousands. */
const label = 'drift';

/** What became of the issue of a stack. */
export interface DriftReport {
  readonly issue: number | null;
  readonly done: 'opened' | 'updated' | 'unchanged' | 'closed' | 'none';
}

/**
 * Keeps one open issue for a stack while something in it differs from what was made: opens it,
 * updates it in place, and closes it when nothing differs any more. The token needs `issues: write`.
 *
 * @throws MispricedError GITHUB_REFUSED, GITHUB_UNAVAILABLE
 */
export async function reportDrift(args: {
  repository: RepositoryAccess;
  stackName: string;
  changes: readonly ResourceChange[];
}): Promise<DriftReport> {
  const { stackName, changes } = args;
  const { ask, octokit, place, runUrl } = args.repository;
  const title = driftTitle(stackName);
  const body = driftBody({ stackName, changes, runUrl });
  return ask('keeping the issue about drift', async (): Promise<DriftReport> => {
    const before = await findIssue(args.repository, stackName);
    if (changes.length === 0) {
      if (before === undefined) return { issue: null, done: 'none' };
      const { number } = before;
      await octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
        ...place,
        issue_number: number,
        state: 'closed',
      });
      return { issue: number, done: 'closed' };
    }
    if (before === undefined) {
      const { data } = await octokit.request('POST /repos/{owner}/{repo}/issues', {
        ...place,
        title,
        body,
        labels: [label],
      });
      return { issue: data.number, done: 'opened' };
    }
    const { number } = before;
    if (withoutRun(before.body ?? '') === withoutRun(body)) {
      return { issue: number, done: 'unchanged' };
    }
    await octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
      ...place,
      issue_number: number,
      body,
    });
    return { issue: number, done: 'updated' };
  });
}

async function findIssue({ place, octokit }: RepositoryAccess, stackName: string) {
  const open = await octokit.paginate('GET /repos/{owner}/{repo}/issues', {
    ...place,
    state: 'open',
    labels: label,
    per_page: 100,
  });
  // A pull request is an issue too.
  return open.find(
    ({ body, pull_request }) =>
      pull_request === undefined && (body ?? '').startsWith(markerOf(stackName)),
  );
}

/** The link to the run is another one each day, and no reason to write. */
function withoutRun(body: string): string {
  return body.replace(/\nSeen in \[this run\].*\n/, '\n').replaceAll('\r', '');
}
