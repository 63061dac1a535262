import { findRoute, type HttpRequest, type RouteParameters } from '@mispriced/loopback-server';

/** The part of an API that a market serves; everything else is answered 501. */
export interface ApiRoutes<Route extends ApiRoute = ApiRoute> {
  /** The path that all of them begin with, such as `/api/investor/v1`. */
  readonly base: string;
  readonly routes: readonly Route[];
}

/** A route by its method and its path after the base; `{name}` stands for one segment. */
export interface ApiRoute {
  readonly method: string;
  readonly path: string;
}

/** How a route is called: `POST /accounts/{id}/orders`. */
export function routeName({ method, path }: ApiRoute): string {
  return `${method} ${path}`;
}

/** The route a request goes to and what its path names; undefined where there is none. */
export function findApiRoute<Route extends ApiRoute>(
  { base, routes }: ApiRoutes<Route>,
  request: Pick<HttpRequest, 'method' | 'path'>,
): { route: Route; parameters: RouteParameters } | undefined {
  if (!request.path.startsWith(`${base}/`)) return undefined;
  const path = request.path.slice(base.length);
  return findRoute(routes, { method: request.method, path }, { exact: true });
}

/**
 * The names of the routes that a short name means: `*`, or a method and the end of a path, such as
 * `POST /orders`, `GET /loans/listing` or, with a value in its place, `GET /accounts/12345/notes`.
 */
export function routesNamed(api: ApiRoutes, name: string): readonly string[] {
  const names = api.routes.map(routeName);
  if (name === '*') return names;
  const [givenMethod = '', path = '', ...rest] = name.trim().split(/\s+/);
  if (!path.startsWith('/') || path === '/' || rest.length > 0) return [];
  const method = givenMethod.toUpperCase();
  const tail = path.startsWith(`${api.base}/`) ? path.slice(api.base.length) : path;
  const whole = findRoute(api.routes, { method, path: tail }, { exact: true });
  if (whole !== undefined) return [routeName(whole.route)];
  return names.filter((route) => route.startsWith(`${method} `) && route.endsWith(tail));
}
