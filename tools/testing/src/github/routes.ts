import { answer, bearerToken, jsonBody, type Route } from '@mispriced/loopback-server';
import { type GitHubContext, issuerOf } from './github-context.ts';
import { page, permitted, refusal } from './permitted.ts';
import { pullRequestRoutes } from './pull-request-routes.ts';

const base = '/api/repos/{owner}/{name}';

/** The issuer of identity tokens, and the part of the API that the project uses. */
export const gitHubRoutes: readonly Route<GitHubContext>[] = [
  {
    method: 'GET',
    path: '/oidc/.well-known/openid-configuration',
    handle: ({ context }) =>
      answer(200, {
        issuer: issuerOf(context),
        jwks_uri: `${issuerOf(context)}/.well-known/jwks`,
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
    handle: async ({ request, parameters, context }) => {
      const job = context.jobs.find((each) => each.id === parameters['job']);
      const token = bearerToken(request);
      if (typeof job?.oidcToken !== 'string' || job.oidcToken !== token) {
        return refusal(401, 'Unauthorized');
      }
      const audience = request.query.get('audience') ?? `https://github.com/${job.repository}`;
      return answer(200, { value: await context.tokens.issue(job, audience) });
    },
  },
  {
    method: 'GET',
    path: `${base}/issues`,
    handle: permitted('issues', 'read', (given) => {
      const { request, context, job } = given;
      const state = request.query.get('state') ?? 'open';
      const labels = (request.query.get('labels') ?? '').split(',').filter((each) => each !== '');
      const found = context.issues
        .list(job.repository)
        .filter((issue) => state === 'all' || issue.state === state)
        .filter((issue) => labels.every((label) => issue.labels.some(({ name }) => name === label)))
        .toReversed();
      return page(found, given);
    }),
  },
  {
    method: 'POST',
    path: `${base}/issues`,
    handle: permitted('issues', 'write', ({ request, context, job }) =>
      answer(201, context.issues.create(job.repository, job.login, jsonBody(request))),
    ),
  },
  {
    method: 'PATCH',
    path: `${base}/issues/{number}`,
    handle: permitted('issues', 'write', ({ request, context, job, number }) => {
      const issue = context.issues.change(job.repository, number, jsonBody(request));
      return issue === undefined ? refusal(404, 'Not Found') : answer(200, issue);
    }),
  },
  ...pullRequestRoutes,
];
