import { answer, jsonBody, type Route } from '@mispriced/loopback-server';
import type { GitHubContext } from './github-context.ts';
import { page, permitted, refusal } from './permitted.ts';

const base = '/api/repos/{owner}/{name}';

/** Pull requests and the comments on them. */
export const pullRequestRoutes: readonly Route<GitHubContext>[] = [
  {
    // The token of a job may not ask who it is.
    method: 'GET',
    path: '/api/user',
    handle: () => refusal(403, 'Resource not accessible by integration'),
  },
  {
    method: 'GET',
    path: `${base}/pulls/{number}`,
    handle: permitted('pull-requests', 'read', ({ parameters, context }, repository) => {
      const number = Number(parameters['number']);
      const isOpen = context.openPullRequests.has(`${repository}#${number}`);
      return answer(200, { number, state: isOpen ? 'open' : 'closed' });
    }),
  },
  {
    method: 'GET',
    path: `${base}/issues/{number}/comments`,
    handle: permitted('pull-requests', 'read', (given, repository) =>
      page(given.context.comments.list(repository, Number(given.parameters['number'])), given),
    ),
  },
  {
    method: 'POST',
    path: `${base}/issues/{number}/comments`,
    handle: permitted('pull-requests', 'write', ({ request, parameters, context }, repository) => {
      const number = Number(parameters['number']);
      return answer(201, context.comments.create(repository, number, jsonBody(request)));
    }),
  },
  {
    method: 'PATCH',
    path: `${base}/issues/comments/{id}`,
    handle: permitted('pull-requests', 'write', ({ request, parameters, context }) => {
      const comment = context.comments.change(Number(parameters['id']), jsonBody(request));
      return comment === undefined ? refusal(404, 'Not Found') : answer(200, comment);
    }),
  },
  {
    method: 'DELETE',
    path: `${base}/issues/comments/{id}`,
    handle: permitted('pull-requests', 'write', ({ parameters, context }) => {
      context.comments.remove(Number(parameters['id']));
      return answer(204);
    }),
  },
];
