import type { BootstrapRequest, PipelineStage } from './bootstrap-request.ts';

/** An environment of the repository, for which there is an identity. */
export interface GitHubEnvironment {
  readonly name: string;
  readonly stage: PipelineStage;
  /** `watch` reads only, and needs nobody's approval. */
  readonly may: 'change' | 'watch';
}

/**
 * For each stage an environment that changes it, and for each that lasts one that only looks whether
 * it is as it was made: production's asks for approval, which a daily look cannot wait for.
 */
export function gitHubEnvironments(request: BootstrapRequest): readonly GitHubEnvironment[] {
  return request.stages.flatMap((stage): GitHubEnvironment[] => {
    const change: GitHubEnvironment = { name: stage, stage, may: 'change' };
    return stage === 'preview'
      ? [change]
      : [change, { name: `${stage}-watch`, stage, may: 'watch' }];
  });
}

/**
 * Whom the tokens of a job are about that runs in an environment. Repositories with immutable
 * subjects put the numbers of owner and repository beside the names, so that neither can be taken
 * over (https://docs.github.com/actions/reference/security/oidc).
 */
export function subjectOf(request: BootstrapRequest, environment: string): string {
  const [owner = '', name = ''] = request.repository.split('/');
  const ids = request.repositoryIds;
  const repository =
    ids === null ? request.repository : `${owner}@${ids.owner}/${name}@${ids.repository}`;
  return `repo:${repository}:environment:${environment}`;
}
