export type { Issue } from './issues.ts';
export type { JobArgs, PermissionLevel } from './job.ts';
export { type GitHub, startGitHub } from './start-github.ts';
