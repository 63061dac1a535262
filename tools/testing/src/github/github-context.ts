import type { Comments } from './comments.ts';
import type { IdentityTokens } from './identity-tokens.ts';
import type { Issues } from './issues.ts';
import type { Job } from './job.ts';

/** What the routes work with. */
export interface GitHubContext {
  readonly origin: string;
  readonly issuer: string;
  readonly jobs: readonly Job[];
  readonly tokens: IdentityTokens;
  readonly issues: Issues;
  readonly comments: Comments;
  /** The open pull requests, as `owner/name#number`; every other one is closed. */
  readonly openPullRequests: ReadonlySet<string>;
}
