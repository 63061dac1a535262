import { z } from 'zod';
import {
  answer,
  type HttpRequest,
  type HttpResponse,
  type Route,
} from '@mispriced/loopback-server';
import type { GitHubContext } from './github-context.ts';

type Handle = Route<GitHubContext>['handle'];

/** What a route of a repository is given. */
export type Given = Parameters<Handle>[0];

/** What GitHub answers where it does not do what was asked. */
export function refusal(status: number, message: string): HttpResponse {
  return answer(status, { message, status: String(status) });
}

/** Lets only jobs of the repository pass whose token has a permission at this level. */
export function permitted(
  permission: 'issues' | 'pull-requests',
  level: 'read' | 'write',
  handle: (given: Given, repository: string) => HttpResponse,
): Handle {
  return (given) => {
    const { owner = '', name = '' } = given.parameters;
    const repository = `${owner}/${name}`;
    const job = given.context.jobs.find((each) => each.token === tokenOf(given.request));
    if (job === undefined) return refusal(401, 'Bad credentials');
    if (job.repository.toLowerCase() !== repository.toLowerCase()) return refusal(404, 'Not Found');
    const granted = job.permissions[permission];
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

/** Octokit says `token`, others `Bearer`. */
function tokenOf({ headers }: HttpRequest): string | undefined {
  return /^(?:token|bearer)\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}
