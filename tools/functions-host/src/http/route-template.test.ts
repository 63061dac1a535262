import { describe, expect, it } from 'vitest';
import { compareRoutes, matchRoute, parseRouteTemplate } from './route-template.ts';

const match = (template: string, path: string) =>
  matchRoute(
    parseRouteTemplate(template),
    path.split('/').filter((segment) => segment !== ''),
  );

describe('a route', () => {
  it.each([
    ['api/runs/{runId}', 'API/Runs/42', { runId: '42' }],
    ['api/runs/{runId}/{day?}', 'api/runs/42', { runId: '42' }],
    ['api/runs/{runId}/{day?}', 'api/runs/42/7', { runId: '42', day: '7' }],
    ['api/{id:int}', 'api/42', { id: '42' }],
    ['api/{id:int}', 'api/many', null],
    ['api/{word:alpha}', 'api/many', { word: 'many' }],
    ['api/{id:guid}', 'api/6F9619FF-8B86-D011-B42D-00C04FC964FF', expect.anything()],
    ['api/{*rest}', 'api/a/b/c', { rest: 'a/b/c' }],
    ['api/{*rest}', 'api', {}],
    ['api/runs/{runId}', 'api/runs', null],
    ['api/runs', 'api/runs/42', null],
  ])('%s fits %s or not', (template, path, expected) => {
    expect(match(template, path)).toEqual(expected);
  });

  it('that says more comes first', () => {
    const inOrder = ['api/runs/latest', 'api/runs/{id:int}', 'api/runs/{id}', 'api/runs/{*rest}'];
    const shuffled = [2, 0, 3, 1].map((index) => inOrder[index] ?? '');
    shuffled.sort((left, right) =>
      compareRoutes(parseRouteTemplate(left), parseRouteTemplate(right)),
    );
    expect(shuffled).toEqual(inOrder);
  });

  it.each(['{a}-{b}', 'x{a}', '{id:min(1)}', '{a=b}', '{id:colour}'])(
    '%s is refused',
    (template) => {
      expect(() => parseRouteTemplate(template)).toThrow('is not understood here');
    },
  );
});
