import {
  errorResponse,
  findRoute,
  keepCertificate,
  listen,
  readRequest,
  writeResponse,
} from '@mispriced/loopback-server';
import { type Comment, makeComments } from './comments.ts';
import type { GitHubContext } from './github-context.ts';
import { makeIdentityTokens } from './identity-tokens.ts';
import { type Issue, makeIssues } from './issues.ts';
import { type Job, type JobArgs, makeJob } from './job.ts';
import { gitHubRoutes } from './routes.ts';

/** A GitHub on loopback: its issuer of identity tokens, its issues and pull requests. */
export interface GitHub {
  /** As federated credentials name it. */
  readonly issuer: string;
  /** Begins a job; answers the variables that GitHub's runner gives to its steps. */
  startJob(job: JobArgs): Readonly<Record<string, string>>;
  issues(repository: string): readonly Issue[];
  comments(repository: string, pullRequest: number): readonly Comment[];
  /** Opens a pull request, or closes it. */
  setPullRequest(repository: string, number: number, state: 'open' | 'closed'): void;
  close(): Promise<void>;
}

/**
 * Starts it on loopback. It is a simulation: what it does not do it answers with 501.
 *
 * @param args.certificateFolder a local cloud's state folder, whose certificate it shows as well
 */
export async function startGitHub(args: {
  certificateFolder: string;
  clock?: () => Date;
}): Promise<GitHub> {
  const clock = args.clock ?? ((): Date => new Date());
  const tls = await keepCertificate({ folder: args.certificateFolder, now: clock() });
  const jobs: Job[] = [];
  const issues = makeIssues();
  const comments = makeComments();
  const openPullRequests = new Set<string>();
  let origin = '';
  const issuer = (): string => `${origin}/oidc`;
  const tokens = makeIdentityTokens({ issuer, clock });
  const listener = await listen({
    tls,
    listener: (incoming, outgoing) => {
      readRequest(incoming)
        .then((request) => {
          const context: GitHubContext = {
            origin,
            issuer: issuer(),
            jobs,
            tokens,
            issues,
            comments,
            openPullRequests,
          };
          const found = findRoute(gitHubRoutes, request);
          if (found === undefined) return notDone(request.method, request.path);
          return found.route.handle({ request, parameters: found.parameters, context });
        })
        .catch(errorResponse)
        .then((response) => {
          writeResponse(outgoing, response);
        })
        .catch(() => outgoing.destroy());
    },
  });
  origin = `https://localhost:${listener.port}`;
  return {
    issuer: issuer(),
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
    setPullRequest: (repository, number, state) => {
      if (state === 'open') openPullRequests.add(`${repository}#${number}`);
      else openPullRequests.delete(`${repository}#${number}`);
    },
    close: () => listener.close(),
  };
}

function notDone(method: string, path: string) {
  return { status: 501, body: { message: `Not simulated: ${method} ${path}` } };
}
