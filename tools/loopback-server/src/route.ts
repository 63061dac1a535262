import type { HttpRequest } from './http-request.ts';
import type { HttpResponse } from './http-response.ts';

/** The values of a route's `{name}` parts, decoded. */
export type RouteParameters = Readonly<Record<string, string>>;

/** One line of a service's table of routes; `{name}` matches one segment of the path. */
export interface Route<Context = undefined> {
  readonly method: string;
  readonly path: string;
  handle(args: {
    request: HttpRequest;
    parameters: RouteParameters;
    context: Context;
  }): Promise<HttpResponse> | HttpResponse;
}

/**
 * A route and its parameters for a request, or undefined where the table has none.
 *
 * @param options.exact for services that, unlike Azure's, tell `/Notes` and `/notes/` from `/notes`
 */
export function findRoute<Found extends Pick<Route, 'method' | 'path'>>(
  routes: readonly Found[],
  request: Pick<HttpRequest, 'method' | 'path'>,
  options: { exact?: boolean } = {},
): { route: Found; parameters: RouteParameters } | undefined {
  for (const route of routes) {
    if (route.method !== request.method) continue;
    const parameters = matchPath(route.path, request.path, options.exact === true);
    if (parameters !== undefined) return { route, parameters };
  }
  return undefined;
}

/** Azure's paths are matched without regard to case, and slashes at the end count for nothing. */
function matchPath(pattern: string, path: string, exact: boolean): RouteParameters | undefined {
  const expected = pattern.split('/');
  const actual = (exact ? path : path.replace(/\/+$/, '')).split('/');
  const plain = (part: string): string => (exact ? part : part.toLowerCase());
  if (pattern === '/' && actual.length === 1) return {};
  if (expected.length !== actual.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const value = actual[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined && plain(part) !== plain(value)) return undefined;
    if (name !== undefined) {
      if (value === '') return undefined;
      parameters[name] = decode(value);
    }
  }
  return parameters;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
