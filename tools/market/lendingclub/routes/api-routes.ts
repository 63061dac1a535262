/** Under this path LendingClub's API stands. */
const apiBase = '/api/investor/v1';

/** What of the API is served; everything else is answered 501. */
export const apiRoutes = [
  'GET /loans/listing',
  'GET /accounts/{id}/summary',
  'GET /accounts/{id}/availablecash',
  'GET /accounts/{id}/notes',
  'GET /accounts/{id}/detailednotes',
  'GET /accounts/{id}/portfolios',
  'POST /accounts/{id}/orders',
] as const;

export type ApiRoute = (typeof apiRoutes)[number];

/** A request's route, and the account it names; null where the route names none. */
export interface MatchedRoute {
  readonly route: ApiRoute;
  readonly account: string | null;
}

/** The route a request goes to; null where there is none. */
export function matchApiRoute(method: string, path: string): MatchedRoute | null {
  if (!path.startsWith(`${apiBase}/`)) return null;
  const account = /^\/accounts\/([^/]+)\//.exec(path.slice(apiBase.length))?.[1] ?? null;
  const plain = path.slice(apiBase.length).replace(/^\/accounts\/[^/]+\//, '/accounts/{id}/');
  const route = apiRoutes.find((known) => known === `${method} ${plain}`);
  return route === undefined ? null : { route, account };
}

/**
 * The routes that a short name means: `*`, or a method and the end of a path, such as
 * `POST /orders`, `GET /loans/listing` or `GET /accounts/12345/notes`.
 */
export function routesNamed(name: string): readonly ApiRoute[] {
  if (name === '*') return apiRoutes;
  const [method = '', path = '', ...rest] = name.trim().split(/\s+/);
  if (!path.startsWith('/') || path === '/' || rest.length > 0) return [];
  const tail = (path.startsWith(`${apiBase}/`) ? path.slice(apiBase.length) : path).replace(
    /^\/accounts\/[^/]+\//,
    '/accounts/{id}/',
  );
  return apiRoutes.filter((route) => {
    return route.startsWith(`${method.toUpperCase()} `) && route.endsWith(tail);
  });
}
