export { cloneRepository } from './clone-repository.ts';
export { type GithubDouble, startGithub } from './start-github.ts';
