import { MispricedError } from '@mispriced/core';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';

/** A repository as GitHub names it. */
export interface Repository {
  readonly owner: string;
  readonly name: string;
}

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
const timeoutMilliseconds = 30_000;
const PagingOctokit = Octokit.plugin(paginateRest);

/**
 * GitHub by its official client.
 *
 * @param args.apiUrl `https://api.github.com`, or another GitHub's address for its API.
 * @throws MispricedError of every method: GITHUB_REFUSED, GITHUB_UNAVAILABLE.
 */
export function openGithub(args: {
  repository: Repository;
  token: string;
  apiUrl: string;
  fetch: typeof fetch;
}): Github {
  const { repository, apiUrl } = args;
  const octokit = new PagingOctokit({
    auth: args.token,
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'mispriced',
    request: {
      fetch: (url: string, options: RequestInit) =>
        args.fetch(url, { ...options, signal: AbortSignal.timeout(timeoutMilliseconds) }),
    },
    // What goes wrong is told by the error alone.
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  });
  const place = { owner: repository.owner, repo: repository.name };
  const ask = async <Result>(what: string, request: () => Promise<Result>): Promise<Result> => {
    try {
      return await request();
    } catch (error) {
      throw githubError({ error, what, repository, apiUrl });
    }
  };
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

function ignore(): void {
  // Nothing is logged.
}

function statusOf(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  return typeof status === 'number' ? status : null;
}

/** GitHub answers 403 and 429 alike where too much was asked. */
function isLimited(error: unknown): boolean {
  return error instanceof Error && /rate limit/i.test(error.message);
}

function githubError(args: {
  error: unknown;
  what: string;
  repository: Repository;
  apiUrl: string;
}): MispricedError {
  const { error, what, repository, apiUrl } = args;
  const status = statusOf(error);
  const where = `${repository.owner}/${repository.name} at ${apiUrl}`;
  const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  // Octokit gives 500 to a request that had no answer.
  if (status === null || status >= 500 || status === 429 || isLimited(error)) {
    return new MispricedError({
      code: 'GITHUB_UNAVAILABLE',
      message: `${capital(what)} of ${where} failed: ${said}`,
      fix: 'Try again later: what is there is found again, and nothing is written twice.',
      retryable: true,
      cause: error,
    });
  }
  return new MispricedError({
    code: 'GITHUB_REFUSED',
    message: `GitHub refused ${what} of ${where} with ${status}: ${said}`,
    fix: 'Check the repository, and that GITHUB_TOKEN may do it: a workflow needs `permissions: pull-requests: write`.',
    cause: error,
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
