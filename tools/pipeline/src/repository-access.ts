import { MispricedError } from '@mispriced/core';
import { type GitHubRepository, openGitHubRepository, parseRepository } from '@mispriced/github';

/** The repository that a job belongs to. */
export interface RepositoryAccess extends GitHubRepository {
  /** The run of a workflow that this is part of. */
  readonly runUrl: string | null;
}

/**
 * Opens the repository that a job on GitHub belongs to, by the variables that GitHub sets, and by
 * GITHUB_TOKEN, which the job hands over itself. The same variables do on a laptop.
 *
 * @throws MispricedError CONFIG_INVALID with all that is missing.
 */
export function openRepository(environment: NodeJS.ProcessEnv): RepositoryAccess {
  const { GITHUB_REPOSITORY: name = '', GITHUB_TOKEN: token = '' } = environment;
  const repository = parseRepository(name);
  const problems = [
    ...(repository !== null ? [] : ['GITHUB_REPOSITORY is no OWNER/NAME.']),
    ...(token === '' ? ['GITHUB_TOKEN has no value.'] : []),
  ];
  if (problems.length > 0 || repository === null) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `It is not known where to write an issue. ${problems.join(' ')}`,
      fix: 'In a workflow: env: GITHUB_TOKEN: ${{ github.token }}. At a terminal: GITHUB_REPOSITORY=me/mispriced GITHUB_TOKEN=$(gh auth token).',
    });
  }
  const {
    GITHUB_API_URL: apiUrl = '',
    GITHUB_SERVER_URL: server,
    GITHUB_RUN_ID: run,
  } = environment;
  const fix =
    'The token needs `issues: write` on this repository, and the repository needs issues.';
  return {
    ...openGitHubRepository({ repository, token, apiUrl, fix }),
    runUrl: server && run ? `${server}/${name}/actions/runs/${run}` : null,
  };
}
