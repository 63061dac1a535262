import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { gitHubError } from './github-error.ts';
import type { Repository } from './parse-repository.ts';

const publicGitHub = 'https://api.github.com';
const timeoutMilliseconds = 30_000;
const PagingOctokit = Octokit.plugin(paginateRest);

/** A repository on GitHub, as who the token says. */
export interface GitHubRepository {
  /** What the routes under `/repos/{owner}/{repo}` take. */
  readonly place: { readonly owner: string; readonly repo: string };
  readonly octokit: InstanceType<typeof PagingOctokit>;
  /**
   * Does requests that belong together, and says in our words what is wrong with them.
   *
   * @param what What is being done, such as `reading the comments`.
   * @throws MispricedError GITHUB_REFUSED, GITHUB_UNAVAILABLE; neither holds the token.
   */
  readonly ask: <Result>(what: string, requests: () => Promise<Result>) => Promise<Result>;
}

/**
 * Opens a repository by GitHub's official client. A request ends after 30 seconds. None is repeated:
 * a comment whose answer was lost is there, and would be written twice. Who asks looks at `retryable`,
 * and reads what is there first.
 *
 * @param args.apiUrl Another GitHub's address for its API; the public one where it is empty.
 * @param args.fix What to do where GitHub refuses: name the permission that is needed.
 */
export function openGitHubRepository(args: {
  repository: Repository;
  token: string;
  apiUrl: string;
  fix: string;
  fetch?: typeof fetch;
  timeoutMilliseconds?: number;
}): GitHubRepository {
  const { owner, name } = args.repository;
  const request = args.fetch ?? fetch;
  const timeout = args.timeoutMilliseconds ?? timeoutMilliseconds;
  const baseUrl = (args.apiUrl === '' ? publicGitHub : args.apiUrl).replace(/\/+$/, '');
  const where = `${owner}/${name} at ${baseUrl}`;
  return {
    place: { owner, repo: name },
    octokit: new PagingOctokit({
      auth: args.token,
      baseUrl,
      userAgent: 'mispriced',
      request: {
        fetch: (url: string, options: RequestInit) =>
          request(url, { ...options, signal: AbortSignal.timeout(timeout) }),
      },
      // What goes wrong is told by the error alone.
      log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    }),
    async ask(what, requests) {
      try {
        return await requests();
      } catch (error) {
        throw gitHubError({ error, what, where, fix: args.fix });
      }
    },
  };
}

function ignore(): void {
  // Nothing is logged.
}
