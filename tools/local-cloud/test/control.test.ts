import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordedRequest } from '../src/control/request-record.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

let test: TestCloud;
let origin: string;
const account = 'controlled1';
beforeAll(async () => {
  test = await startTestCloud();
  ({ origin } = test.cloud.addresses);
  const group = `/subscriptions/${test.cloud.subscriptionId}/resourceGroups/steered`;
  await test.cloud.request('PUT', `${group}?api-version=2024-03-01`, { location: 'westeurope' });
  const path = `${group}/providers/Microsoft.Storage/storageAccounts/${account}`;
  const body = { location: 'westeurope', kind: 'StorageV2', sku: { name: 'Standard_LRS' } };
  await test.cloud.request('PUT', `${path}?api-version=2024-01-01`, body);
});
afterAll(() => test.close());

async function control(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const answered = await fetch(`${origin}/_control${path}`, {
    method,
    headers: { authorization: `Bearer ${test.cloud.controlToken}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answered.text();
  return { status: answered.status, body: text === '' ? null : JSON.parse(text) };
}

/** Where each kind of listener answers something without being signed in to. */
const listeners = (): Record<string, { service: string; url: string; path: string }> => {
  const { addresses } = test.cloud;
  return {
    'the resource manager': {
      service: 'resource-manager',
      url: `${origin}/tenants`,
      path: '^/tenants$',
    },
    'sign-in': { service: 'identity', url: `${origin}/metadata/endpoints`, path: 'metadata' },
    'the port of managed identities': {
      service: 'identity',
      url: addresses.identityEndpoint,
      path: '^/msi/token$',
    },
    'a vault': {
      service: 'key-vault',
      url: addresses.hosted('vault', 'kv-none') + '/secrets/a',
      path: '/secrets/a',
    },
    'storage by host': {
      service: 'storage',
      url: addresses.hosted('blob', account) + '/c/b',
      path: `^/${account}/blob/c/b$`,
    },
    'storage by path': {
      service: 'storage',
      url: addresses.accountPath('queue', account) + '/q',
      path: `^/${account}/queue/q$`,
    },
    'a function app': {
      service: 'site',
      url: addresses.hosted('azurewebsites', 'app') + '/api/a',
      path: '^/app/api/a$',
    },
  };
};

describe('/_control', () => {
  it.each([
    ['GET', '/faults'],
    ['PUT', '/faults'],
    ['GET', '/settings'],
    ['PUT', '/settings'],
    ['GET', '/requests'],
    ['DELETE', '/requests'],
    ['POST', '/service-principals'],
    ['POST', '/groups'],
  ])('%s %s is closed without its token', async (method, path) => {
    for (const headers of [{}, { authorization: `Bearer ${test.cloud.controlToken}x` }]) {
      const answered = await fetch(`${origin}/_control${path}`, { method, headers });
      expect(answered.status).toBe(401);
      expect(await answered.text()).toContain('npx mispriced local env');
    }
  });

  it('tells anybody that it is there, and nothing else', async () => {
    const answered = await fetch(`${origin}/_control/health`);
    expect(Object.keys((await answered.json()) as object).toSorted()).toEqual([
      'instanceId',
      'status',
    ]);
  });

  it('takes settings that can be, and keeps the others', async () => {
    const { body: before } = await control('GET', '/settings');
    expect(await control('PUT', '/settings', { referenceSeconds: 7 })).toEqual({
      status: 200,
      body: { ...(before as object), referenceSeconds: 7 },
    });
    for (const wrong of [{ referenceSeconds: -1 }, { referenceSecond: 1 }, [], 'fast']) {
      expect((await control('PUT', '/settings', wrong)).status).toBe(400);
    }
    expect((await control('PUT', '/settings', before)).body).toEqual(before);
  });

  it('takes a plan whole or not at all', async () => {
    const planned = { kind: 'status', status: 503, service: 'storage' };
    const { status, body } = await control('PUT', '/faults', [planned]);
    expect([status, body]).toEqual([200, [{ ...planned, skip: 0, count: 1 }]]);
    for (const wrong of [
      [{ ...planned, path: '[' }],
      [{ ...planned, status: 200 }],
      [{ ...planned, service: 'moon' }],
      [{ kind: 'slow' }],
      [planned, { kind: 'odd' }],
      planned,
    ]) {
      const refused = await control('PUT', '/faults', wrong);
      expect([refused.status, JSON.stringify(refused.body)]).toEqual([
        400,
        expect.stringContaining('InvalidControlRequest'),
      ]);
    }
    expect((await control('GET', '/faults')).body).toEqual(body);
    expect((await control('PUT', '/faults', [])).body).toEqual([]);
  });
});

describe('a planned fault', () => {
  it.each([
    'the resource manager',
    'sign-in',
    'the port of managed identities',
    'a vault',
    'storage by host',
    'storage by path',
    'a function app',
  ])('is met alike at %s, and what was asked is recorded', async (name) => {
    const { service, url, path } = listeners()[name] ?? { service: '', url: '', path: '' };
    await control('DELETE', '/requests');
    const planned = { service, path, kind: 'status', status: 429, code: 'Slower', skip: 1 };
    await control('PUT', '/faults', [{ ...planned, message: 'Not now.', retryAfterSeconds: 7 }]);
    const passed = await fetch(url);
    expect(passed.status).not.toBe(429);
    await passed.text();
    const met = await fetch(url);
    expect([met.status, met.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await met.text()).toMatch(/Slower.*Not now\./s);
    expect((await control('GET', '/faults')).body).toEqual([]);

    await control('PUT', '/faults', [{ service, path, kind: 'slow', milliseconds: 300 }]);
    const began = performance.now();
    const slow = await fetch(url);
    await slow.text();
    expect(performance.now() - began).toBeGreaterThan(290);
    expect(slow.status).toBe(passed.status);

    await control('PUT', '/faults', [{ service, path, kind: 'lost' }]);
    await expect(fetch(url)).rejects.toThrow();

    const { body } = await control('GET', '/requests');
    const recorded = (body as RecordedRequest[]).filter((each) => each.service === service);
    expect(recorded.map(({ status }) => status).slice(0, 3)).toEqual([
      ...[passed.status, 429, passed.status],
    ]);
  });
});

describe('what is asked wrongly', () => {
  it.each([
    ['Microsoft.Storage/checkNameAvailability', '2024-01-01'],
    ['Microsoft.KeyVault/checkNameAvailability', '2024-11-01'],
    ['Microsoft.Web/checkNameAvailability', '2025-05-01'],
  ])('%s answers 400 to a body that it cannot read', async (path, version) => {
    const whole = `/subscriptions/${test.cloud.subscriptionId}/providers/${path}?api-version=${version}`;
    for (const body of [{}, { name: 1 }, []]) {
      const refused = await test.cloud.request('POST', whole, body);
      expect([refused.status, JSON.stringify(refused.body)]).toEqual([
        400,
        expect.stringContaining('InvalidRequestContent'),
      ]);
    }
  });

  it('is refused by the graph as well', async () => {
    const { token } = await test.credential().getToken(`${origin}/graph//.default`);
    const answered = await fetch(`${origin}/graph/v1.0/directoryObjects/getByIds`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ ids: 'one' }),
    });
    expect([answered.status, await answered.text()]).toEqual([
      400,
      expect.stringContaining('Request_BadRequest'),
    ]);
  });

  it('finds nothing but tokens at the port of managed identities', async () => {
    const { identityEndpoint } = test.cloud.addresses;
    const answered = await fetch(new URL('/_control/health', identityEndpoint));
    expect(answered.status).toBe(501);
  });
});
