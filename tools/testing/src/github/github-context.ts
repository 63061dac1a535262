import type { Comments } from './comments.ts';
import type { IdentityTokens } from './identity-tokens.ts';
import type { Issues } from './issues.ts';
import type { Job } from './job.ts';

/** What the routes work with. */
export interface GitHubContext {
  /** Empty until it listens. */
  origin: string;
  readonly jobs: Job[];
  readonly tokens: IdentityTokens;
  readonly issues: Issues;
  readonly comments: Comments;
  /** Whether a pull request is open, by `owner/name#number`. */
  readonly pullRequests: Map<string, 'open' | 'closed'>;
}

/** Who signs the identity tokens of jobs. */
export function issuerOf({ origin }: GitHubContext): string {
  return `${origin}/oidc`;
}
