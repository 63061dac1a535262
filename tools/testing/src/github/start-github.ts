import {
  errorResponse,
  findRoute,
  keepCertificate,
  listen,
  readRequest,
  writePlainResponse,
} from '@mispriced/loopback-server';
import { type Comment, makeComments } from './comments.ts';
import { type GitHubContext, issuerOf } from './github-context.ts';
import { makeIdentityTokens } from './identity-tokens.ts';
import { type Issue, makeIssues } from './issues.ts';
import { type JobArgs, makeJob } from './job.ts';
import { refusal } from './permitted.ts';
import { gitHubRoutes } from './routes.ts';

/** A GitHub on loopback: its issuer of identity tokens, its issues and pull requests. */
export interface GitHub {
  /** As federated credentials name it. */
  readonly issuer: string;
  /** Every request as `METHOD /path?query`. */
  readonly requests: readonly string[];
  /** Answers the next requests so, whatever they ask. */
  readonly failures: { status: number; message: string }[];
  /** Begins a job; answers the variables that GitHub's runner gives to its steps. */
  startJob(job: JobArgs): Readonly<Record<string, string>>;
  issues(repository: string): readonly Issue[];
  /** With texts as they were written; without a number those on all pull requests. */
  comments(repository: string, pullRequest?: number): readonly Comment[];
  /** What anybody writes in a browser. */
  addComment(repository: string, pullRequest: number, login: string, body: string): Comment;
  /** Opens a pull request, or closes it; there are no others. */
  setPullRequest(repository: string, number: number, state: 'open' | 'closed'): void;
  close(): Promise<void>;
}

/**
 * Starts it on loopback. It is a simulation: what it does not do it answers with 501.
 *
 * @param args.certificateFolder a local cloud's state folder, whose certificate it shows as well;
 *   plain HTTP without
 */
export async function startGitHub(
  args: { certificateFolder?: string; clock?: () => Date } = {},
): Promise<GitHub> {
  const { certificateFolder: folder, clock = (): Date => new Date() } = args;
  const tls = folder === undefined ? undefined : await keepCertificate({ folder, now: clock() });
  const context: GitHubContext = {
    origin: '',
    jobs: [],
    tokens: makeIdentityTokens({ issuer: () => issuerOf(context), clock }),
    issues: makeIssues(),
    comments: makeComments(),
    pullRequests: new Map(),
  };
  const requests: string[] = [];
  const failures: GitHub['failures'] = [];
  const listener = await listen({
    ...(tls !== undefined && { tls }),
    listener: (incoming, outgoing) => {
      readRequest(incoming)
        .then((request) => {
          requests.push(`${request.method} ${incoming.url ?? ''}`);
          const failure = failures.shift();
          if (failure !== undefined) return refusal(failure.status, failure.message);
          const found = findRoute(gitHubRoutes, request, { exact: true });
          if (found === undefined) {
            return refusal(501, `Not simulated: ${request.method} ${request.path}`);
          }
          return found.route.handle({ request, parameters: found.parameters, context });
        })
        .catch(errorResponse)
        .then((response) => {
          writePlainResponse(outgoing, response);
        })
        .catch(() => outgoing.destroy());
    },
  });
  context.origin = `${tls === undefined ? 'http' : 'https'}://localhost:${listener.port}`;
  const { jobs, issues, comments, pullRequests, origin } = context;
  return {
    issuer: issuerOf(context),
    requests,
    failures,
    startJob: (given) => {
      const job = makeJob(given);
      jobs.push(job);
      return {
        GITHUB_ACTIONS: 'true',
        GITHUB_REPOSITORY: job.repository,
        GITHUB_API_URL: `${origin}/api`,
        GITHUB_TOKEN: job.token,
        ...(job.oidcToken !== null && {
          ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}/oidc-request/${job.id}?api-version=2.0`,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: job.oidcToken,
        }),
      };
    },
    issues: (repository) => issues.list(repository),
    comments: (repository, pullRequest) => comments.list(repository, pullRequest),
    addComment: (repository, pullRequest, login, body) =>
      comments.create(repository, pullRequest, login, { body }),
    setPullRequest: (repository, number, state) => {
      pullRequests.set(`${repository}#${number}`, state);
    },
    close: () => listener.close(),
  };
}
