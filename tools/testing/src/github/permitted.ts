import { z } from 'zod';
import { answer, type HttpResponse, type Route } from '@mispriced/loopback-server';
import type { GitHubContext } from './github-context.ts';
import type { Job } from './job.ts';

type Handle = Route<GitHubContext>['handle'];

type Given = Parameters<Handle>[0];

/** What a route of a repository is given once its token has been looked at. */
interface Permitted extends Given {
  readonly job: Job;
  /** The one in the path: of an issue, a pull request or a comment. */
  readonly number: number;
}

/** What GitHub answers where it does not do what was asked. */
export function refusal(status: number, message: string): HttpResponse {
  return answer(status, { message, status: String(status) });
}

/** Lets only jobs of the repository pass whose token has a permission at this level. */
export function permitted(
  permission: 'issues' | 'pull-requests',
  level: 'read' | 'write',
  handle: (given: Permitted) => HttpResponse,
): Handle {
  return (given) => {
    const { owner = '', name = '', number = '0' } = given.parameters;
    const job = jobOf(given);
    if (job === undefined) return refusal(401, 'Bad credentials');
    const isThere = job.repository.toLowerCase() === `${owner}/${name}`.toLowerCase();
    if (!isThere || !/^\d+$/.test(number)) return refusal(404, 'Not Found');
    const granted = job.permissions[permission];
    if (granted !== 'write' && (level === 'write' || granted !== 'read')) {
      return refusal(403, 'Resource not accessible by integration');
    }
    try {
      return handle({ ...given, job, number: Number(number) });
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      const messages = error.issues.map(({ message }) => message);
      return refusal(422, `Validation Failed: ${messages.join(', ')}`);
    }
  };
}

/** A part of a list, and in the header where the next part is, as clients look for it. */
export function page(items: readonly unknown[], { request, context }: Given): HttpResponse {
  const size = Math.min(Number(request.query.get('per_page') ?? 30), 100);
  const number = Number(request.query.get('page') ?? 1);
  const end = number * size;
  const next = new URLSearchParams(request.query);
  next.set('page', String(number + 1));
  const url = `${context.origin}${request.path}?${next.toString()}`;
  const link = items.length > end ? { link: `<${url}>; rel="next"` } : {};
  return answer(200, items.slice(end - size, end), link);
}

/** Whose token a request has: Octokit says `token`, others `Bearer`. */
export function jobOf({ request, context }: Given): Job | undefined {
  const token = /^(?:token|bearer)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return context.jobs.find((each) => each.token === token);
}
