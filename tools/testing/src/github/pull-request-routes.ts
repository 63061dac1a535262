import { answer, jsonBody, type Route } from '@mispriced/loopback-server';
import type { Comment } from './comments.ts';
import type { GitHubContext } from './github-context.ts';
import { jobOf, page, permitted, refusal } from './permitted.ts';

const base = '/api/repos/{owner}/{name}';

/** Pull requests and the comments on them. */
export const pullRequestRoutes: readonly Route<GitHubContext>[] = [
  {
    method: 'GET',
    path: '/api/user',
    handle: (given) => {
      const login = jobOf(given)?.login;
      if (login === undefined) return refusal(401, 'Bad credentials');
      // The token of a job may not ask who it is.
      if (login.endsWith('[bot]')) return refusal(403, 'Resource not accessible by integration');
      return answer(200, { login });
    },
  },
  {
    method: 'GET',
    path: `${base}/pulls/{number}`,
    handle: permitted('pull-requests', 'read', ({ context, job, number }) => {
      const state = context.pullRequests.get(`${job.repository}#${number}`);
      return state === undefined ? refusal(404, 'Not Found') : answer(200, { number, state });
    }),
  },
  {
    method: 'GET',
    path: `${base}/issues/{number}/comments`,
    handle: permitted('pull-requests', 'read', (given) => {
      const { context, job, number } = given;
      return page(context.comments.list(job.repository, number).map(shown), given);
    }),
  },
  {
    method: 'POST',
    path: `${base}/issues/{number}/comments`,
    handle: permitted('pull-requests', 'write', ({ request, context, job, number }) => {
      const { repository, login } = job;
      const comment = context.comments.create(repository, number, login, jsonBody(request));
      return answer(201, shown(comment));
    }),
  },
  {
    method: 'PATCH',
    path: `${base}/issues/comments/{number}`,
    handle: permitted('pull-requests', 'write', ({ request, context, job, number }) => {
      const comment = context.comments.change(job.repository, number, jsonBody(request));
      return comment === undefined ? refusal(404, 'Not Found') : answer(200, shown(comment));
    }),
  },
  {
    method: 'DELETE',
    path: `${base}/issues/comments/{number}`,
    handle: permitted('pull-requests', 'write', ({ context, job, number }) =>
      context.comments.remove(job.repository, number) ? answer(204) : refusal(404, 'Not Found'),
    ),
  },
];

/** A comment with line ends as GitHub gives them back. */
function shown(comment: Comment): Comment {
  return { ...comment, body: comment.body.replaceAll(/\r?\n/g, '\r\n') };
}
