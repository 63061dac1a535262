export { linkModules } from '../../src/base/base-tree.ts';
export { type GithubDouble, startGithub } from './start-github.ts';
