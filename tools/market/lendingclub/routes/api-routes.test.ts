import { describe, expect, it } from 'vitest';
import { apiRoutes, matchApiRoute, routesNamed } from './api-routes.ts';

describe('matchApiRoute', () => {
  it('finds a route and the account it names', () => {
    expect(matchApiRoute('GET', '/api/investor/v1/loans/listing')).toEqual({
      route: 'GET /loans/listing',
      account: null,
    });
    expect(matchApiRoute('POST', '/api/investor/v1/accounts/42/orders')).toEqual({
      route: 'POST /accounts/{id}/orders',
      account: '42',
    });
  });

  it.each([
    ['GET', '/api/investor/v1/accounts/42/orders'],
    ['DELETE', '/api/investor/v1/accounts/42/notes'],
    ['GET', '/api/investor/v2/loans/listing'],
    ['GET', '/loans/listing'],
    ['GET', '/api/investor/v1/accounts//notes'],
    ['GET', '/api/investor/v1/accounts/42/notes/more'],
  ])('knows no %s %s', (method, path) => {
    expect(matchApiRoute(method, path)).toBeNull();
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
    ['*', apiRoutes],
    ['GET /orders', []],
    ['/orders', []],
    ['POST', []],
    ['POST /', []],
    ['POST rders', []],
    ['', []],
  ])('takes %j for %j', (name, routes) => {
    expect(routesNamed(name)).toEqual(routes);
  });
});
