import { openGitHubRepository, type Repository, statusOf } from '@mispriced/github';

/** A comment of ours on a pull request. */
interface OwnComment {
  readonly id: number | bigint;
  readonly body: string;
}

/** The little that a preview asks of GitHub. */
export interface Github {
  /**
   * The comments on a pull request that whoever is signed in wrote, oldest first. Needs
   * `pull-requests: read`.
   */
  ownComments(pullRequest: number): Promise<readonly OwnComment[]>;
  /** Needs `pull-requests: write`, as the next two do. */
  createComment(pullRequest: number, body: string): Promise<{ url: string }>;
  updateComment(id: OwnComment['id'], body: string): Promise<{ url: string }>;
  deleteComment(id: OwnComment['id']): Promise<void>;
  /** `unknown` where GitHub knows of none, or does not show it. Needs `pull-requests: read`. */
  pullRequestState(pullRequest: number): Promise<'open' | 'closed' | 'unknown'>;
}

/** Who a workflow's own token writes as; GitHub does not let that token ask. */
const workflowUser = 'github-actions[bot]';
const fix =
  'Check the repository, and that GITHUB_TOKEN may do it: a workflow needs `permissions: pull-requests: write`.';

/**
 * The part of GitHub that a preview needs.
 *
 * @param args.apiUrl Another GitHub's address for its API; the public one where it is empty.
 * @throws MispricedError of every method: GITHUB_REFUSED, GITHUB_UNAVAILABLE.
 */
export function openGithub(args: {
  repository: Repository;
  token: string;
  apiUrl: string;
  fetch: typeof fetch;
}): Github {
  const { ask, octokit, place } = openGitHubRepository({ ...args, fix });
  let login: string | null = null;
  const whoAmI = async (): Promise<string> => {
    try {
      return (await octokit.request('GET /user')).data.login;
    } catch (error) {
      if (statusOf(error) === 403) return workflowUser;
      throw error;
    }
  };
  return {
    ownComments: (number) =>
      ask('reading the comments', async () => {
        login ??= await whoAmI();
        const comments = await octokit.paginate(
          'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
          { ...place, issue_number: number, per_page: 100 },
        );
        return comments
          .filter(({ user }) => user?.login === login)
          .map(({ id, body }) => ({ id, body: body ?? '' }));
      }),
    createComment: (number, body) =>
      ask('writing a comment', async () => {
        const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
        const { data } = await octokit.request(route, { ...place, issue_number: number, body });
        return { url: data.html_url };
      }),
    updateComment: (id, body) =>
      ask('updating a comment', async () => {
        const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
        const { data } = await octokit.request(route, { ...place, comment_id: id, body });
        return { url: data.html_url };
      }),
    deleteComment: (id) =>
      ask('deleting a comment', async () => {
        const route = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
        await octokit.request(route, { ...place, comment_id: id });
      }),
    pullRequestState: (number) =>
      ask('asking for a pull request', async () => {
        try {
          const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
          const { data } = await octokit.request(route, { ...place, pull_number: number });
          return data.state;
        } catch (error) {
          if (statusOf(error) === 404) return 'unknown';
          throw error;
        }
      }),
  };
}
