import { MispricedError } from '@mispriced/core';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';

const PagingOctokit = Octokit.plugin(paginateRest);

/** A repository on GitHub, as who the token says. */
export interface RepositoryAccess {
  readonly owner: string;
  readonly repo: string;
  readonly client: InstanceType<typeof PagingOctokit>;
  /** The run of a workflow that this is part of. */
  readonly runUrl: string | null;
}

/**
 * Opens the repository that a job on GitHub belongs to, by the variables that GitHub sets, and by
 * GITHUB_TOKEN, which the job hands over itself. The same variables do on a laptop.
 *
 * @throws MispricedError CONFIG_INVALID with all that is missing.
 */
export function openRepository(
  environment: NodeJS.ProcessEnv,
  request: typeof fetch = fetch,
): RepositoryAccess {
  const { GITHUB_REPOSITORY: repository = '', GITHUB_TOKEN: token = '' } = environment;
  const [owner, repo, ...rest] = repository.split('/');
  const problems = [
    ...(owner && repo && rest.length === 0 ? [] : ['GITHUB_REPOSITORY is no OWNER/NAME.']),
    ...(token === '' ? ['GITHUB_TOKEN has no value.'] : []),
  ];
  if (problems.length > 0 || owner === undefined || repo === undefined) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `It is not known where to write an issue. ${problems.join(' ')}`,
      fix: 'In a workflow: env: GITHUB_TOKEN: ${{ github.token }}. At a terminal: GITHUB_REPOSITORY=me/mispriced GITHUB_TOKEN=$(gh auth token).',
    });
  }
  const { GITHUB_API_URL: baseUrl, GITHUB_SERVER_URL: server, GITHUB_RUN_ID: run } = environment;
  return {
    owner,
    repo,
    client: new PagingOctokit({
      auth: token,
      ...(baseUrl !== undefined && baseUrl !== '' && { baseUrl }),
      request: { fetch: request },
    }),
    runUrl: server && run ? `${server}/${repository}/actions/runs/${run}` : null,
  };
}
