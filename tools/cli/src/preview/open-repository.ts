import { MispricedError } from '@mispriced/core';
import { parseRepository } from '@mispriced/github';
import type { Github } from '@mispriced/preview';
import type { CommandDependencies } from '../command-dependencies.ts';

/**
 * GitHub as the environment names it: GITHUB_TOKEN, and GITHUB_API_URL for another than the public one.
 *
 * @throws MispricedError CONFIG_INVALID without a token, or for a name that is none.
 */
export async function openRepository(
  name: string,
  { environment }: CommandDependencies,
): Promise<Github> {
  const { openGithub } = await import('@mispriced/preview');
  const repository = parseRepository(name);
  const token = environment['GITHUB_TOKEN'] ?? '';
  if (repository === null || token === '') {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: repository === null ? `${name} is no repository.` : 'There is no token for GitHub.',
      fix: repository === null ? 'Write it as OWNER/NAME.' : 'Set GITHUB_TOKEN.',
    });
  }
  return openGithub({ repository, token, apiUrl: environment['GITHUB_API_URL'] ?? '', fetch });
}
