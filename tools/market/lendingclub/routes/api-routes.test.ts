import { describe, expect, it } from 'vitest';
import { findApiRoute, routeName, routesNamed } from '../../http/api-routes.ts';
import { lendingClubApi } from './api-routes.ts';

const allRoutes = lendingClubApi.routes.map(routeName);

function match(method: string, path: string) {
  const found = findApiRoute(lendingClubApi, { method, path });
  return found && { route: routeName(found.route), parameters: found.parameters };
}

describe('findApiRoute', () => {
  it('finds a route and the account it names', () => {
    expect(match('GET', '/api/investor/v1/loans/listing')).toEqual({
      route: 'GET /loans/listing',
      parameters: {},
    });
    expect(match('POST', '/api/investor/v1/accounts/42/orders')).toEqual({
      route: 'POST /accounts/{id}/orders',
      parameters: { id: '42' },
    });
  });

  it.each([
    ['GET', '/api/investor/v1/accounts/42/orders'],
    ['DELETE', '/api/investor/v1/accounts/42/notes'],
    ['GET', '/api/investor/v2/loans/listing'],
    ['GET', '/loans/listing'],
    ['GET', '/api/investor/v1/Loans/listing'],
    ['GET', '/api/investor/v1/loans/listing/'],
    ['GET', '/api/investor/v1/accounts//notes'],
    ['GET', '/api/investor/v1/accounts/42/notes/more'],
  ])('knows no %s %s', (method, path) => {
    expect(match(method, path)).toBeUndefined();
  });
});

describe('routesNamed', () => {
  it.each([
    ['POST /orders', ['POST /accounts/{id}/orders']],
    ['post /orders', ['POST /accounts/{id}/orders']],
    ['POST /accounts/42/orders', ['POST /accounts/{id}/orders']],
    ['POST /api/investor/v1/accounts/{id}/orders', ['POST /accounts/{id}/orders']],
    ['GET /listing', ['GET /loans/listing']],
    ['GET /loans/listing', ['GET /loans/listing']],
    ['GET /notes', ['GET /accounts/{id}/notes']],
    ['*', allRoutes],
    ['GET /orders', []],
    ['/orders', []],
    ['POST', []],
    ['POST /', []],
    ['POST rders', []],
    ['', []],
  ])('takes %j for %j', (name, routes) => {
    expect(routesNamed(lendingClubApi, name)).toEqual(routes);
  });
});
