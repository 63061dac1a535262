import { describe, expect, it } from 'vitest';
import { parseHostJson } from './host-json.ts';

describe('host.json', () => {
  it('has the defaults of Flex Consumption (functions-timeout-duration.md: 30 minutes)', () => {
    expect(parseHostJson('{"version":"2.0"}')).toEqual({
      routePrefix: 'api',
      functionTimeoutMs: 1_800_000,
    });
  });

  it('may set the time limit, none, and the prefix of routes', () => {
    const text = JSON.stringify({
      version: '2.0',
      functionTimeout: '00:10:00',
      extensions: { http: { routePrefix: '/v1/' } },
      logging: { logLevel: { default: 'Information' } },
    });
    expect(parseHostJson(text)).toEqual({ routePrefix: 'v1', functionTimeoutMs: 600_000 });
    const unlimited = parseHostJson('{"version":"2.0","functionTimeout":"-1"}');
    expect(unlimited.functionTimeoutMs).toBeNull();
  });

  it.each([
    ['{"version":"1.0"}', 'version'],
    ['{"version":"2.0","functionTimeout":"soon"}', 'functionTimeout'],
    ['{"version":"2.0","extensions":{"http":{"routePrefix":7}}}', 'extensions.http.routePrefix'],
    ['{"version":', 'host.json is invalid'],
  ])('refuses %s', (text, named) => {
    expect(() => parseHostJson(text)).toThrow(named);
  });
});
