export { statusOf } from './github-error.ts';
export { type GitHubRepository, openGitHubRepository } from './open-github-repository.ts';
export { parseRepository, type Repository } from './parse-repository.ts';
