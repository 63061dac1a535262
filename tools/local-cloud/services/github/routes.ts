import { z } from 'zod';
import { bearerToken, type CloudRequest, jsonBody } from '../../src/http/cloud-request.ts';
import { answer, type CloudResponse } from '../../src/http/cloud-response.ts';
import type { Route, RouteParameters } from '../../src/http/route.ts';
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
}

type Handle = Route<GitHubContext>['handle'];

const base = '/api/repos/{owner}/{name}';

/** The issuer of identity tokens, and the part of the API that the project uses. */
export const gitHubRoutes: readonly Route<GitHubContext>[] = [
  {
    method: 'GET',
    path: '/oidc/.well-known/openid-configuration',
    handle: ({ context }) =>
      answer(200, {
        issuer: context.issuer,
        jwks_uri: `${context.issuer}/.well-known/jwks`,
        id_token_signing_alg_values_supported: ['RS256'],
      }),
  },
  {
    method: 'GET',
    path: '/oidc/.well-known/jwks',
    handle: ({ context }) =>
      answer(200, { keys: [{ ...context.tokens.publicKey, use: 'sig', alg: 'RS256' }] }),
  },
  {
    method: 'GET',
    path: '/oidc-request/{job}',
    handle: ({ request, parameters, context }) => {
      const job = context.jobs.find((each) => each.id === parameters['job']);
      const token = bearerToken(request);
      if (job?.oidcToken == null || token !== job.oidcToken) return refusal(401, 'Unauthorized');
      const audience = request.query.get('audience') ?? `https://github.com/${job.repository}`;
      return answer(200, { value: context.tokens.issue(job, audience) });
    },
  },
  {
    method: 'GET',
    path: `${base}/issues`,
    handle: permitted('read', ({ request, context }, repository) => {
      const state = request.query.get('state') ?? 'open';
      const labels = (request.query.get('labels') ?? '').split(',').filter((each) => each !== '');
      const found = context.issues
        .list(repository)
        .filter((issue) => state === 'all' || issue.state === state)
        .filter((issue) => labels.every((label) => issue.labels.some(({ name }) => name === label)))
        .toReversed();
      return page({ items: found, request, url: `${context.origin}${request.path}` });
    }),
  },
  {
    method: 'POST',
    path: `${base}/issues`,
    handle: permitted('write', ({ request, context }, repository) =>
      answer(201, context.issues.create(repository, jsonBody(request))),
    ),
  },
  {
    method: 'PATCH',
    path: `${base}/issues/{number}`,
    handle: permitted('write', ({ request, parameters, context }, repository) => {
      const number = Number(parameters['number']);
      const issue = context.issues.change(repository, number, jsonBody(request));
      return issue === undefined ? refusal(404, 'Not Found') : answer(200, issue);
    }),
  },
];

type Given = Parameters<Handle>[0];

/** Lets only jobs of the repository pass whose token may do this with issues. */
function permitted(
  level: 'read' | 'write',
  handle: (given: Given, repository: string) => CloudResponse,
): Handle {
  return (given) => {
    const repository = repositoryOf(given.parameters);
    const job = given.context.jobs.find((each) => each.token === tokenOf(given.request));
    if (job === undefined) return refusal(401, 'Bad credentials');
    if (job.repository.toLowerCase() !== repository.toLowerCase()) return refusal(404, 'Not Found');
    const granted = job.permissions['issues'];
    if (granted !== 'write' && (level === 'write' || granted !== 'read')) {
      return refusal(403, 'Resource not accessible by integration');
    }
    try {
      return handle(given, repository);
    } catch (error) {
      if (error instanceof z.ZodError) return refusal(422, 'Validation Failed');
      throw error;
    }
  };
}

/** Octokit says `token`, others `Bearer`. */
function tokenOf({ headers }: CloudRequest): string | undefined {
  return /^(?:token|bearer)\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

function repositoryOf(parameters: RouteParameters): string {
  return `${parameters['owner'] ?? ''}/${parameters['name'] ?? ''}`;
}

/** A part of a list, and in the header where the next part is, as clients look for it. */
function page(args: {
  items: readonly unknown[];
  request: CloudRequest;
  url: string;
}): CloudResponse {
  const { items, request, url } = args;
  const size = Math.min(Number(request.query.get('per_page') ?? 30), 100);
  const number = Number(request.query.get('page') ?? 1);
  const end = number * size;
  const next = new URLSearchParams(request.query);
  next.set('page', String(number + 1));
  const link = items.length > end ? { link: `<${url}?${next.toString()}>; rel="next"` } : {};
  return answer(200, items.slice(end - size, end), link);
}

function refusal(status: number, message: string): CloudResponse {
  return answer(status, { message, status: String(status) });
}
