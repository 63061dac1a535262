import { describe, expect, it } from 'vitest';
import { startTestHost } from './start-test-host.ts';

const main = `const { app } = require('@azure/functions');
app.http('echo', { route: 'echo/{name}/{day:int?}', methods: ['GET', 'POST', 'PUT'],
  handler: async (request) => ({ jsonBody: {
    method: request.method, url: request.url, params: request.params,
    query: Object.fromEntries(request.query), header: request.headers.get('x-asked'),
    body: request.method === 'GET' ? null : await request.text() } }) });
app.http('bytes', { route: 'bytes', methods: ['POST'],
  handler: async (request) => ({ status: 201, body: Buffer.from(await request.arrayBuffer()).reverse(),
    headers: { 'content-type': 'application/octet-stream', 'x-answer': 'yes' },
    cookies: [{ name: 'one', value: '1', httpOnly: true }, { name: 'two', value: '2' }] }) });
app.http('nothing', { handler: async () => undefined });
app.http('breaks', { handler: async () => { throw new Error('secret detail'); } });
app.http('guarded', { authLevel: 'function', handler: async () => ({ body: 'in' }) });
app.http('master', { authLevel: 'admin', handler: async () => ({ body: 'in' }) });
app.http('off', { handler: async () => ({ body: 'off' }) });
app.get('exact', { route: 'any/exact', handler: async () => ({ body: 'exact' }) });
app.http('rest', { route: 'any/{*rest}', methods: ['GET', 'DELETE'],
  handler: async (request) => ({ body: request.params.rest ?? '' }) });`;

const settings = { 'AzureWebJobs.off.Disabled': 'true' };
const start = (files: Readonly<Record<string, string>> = {}) =>
  startTestHost({ files: { 'main.cjs': main, ...files }, settings });

describe('an HTTP function', () => {
  it('receives its request: method, address, route, query, headers and body', async () => {
    const { host } = await start();
    const url = `${host.url}/api/echo/Ann%20B/7?a=1&b=two&b=three`;
    const headers = { 'x-asked': 'so', 'content-type': 'text/plain' };
    const response = await fetch(url, { method: 'POST', body: 'given · €', headers });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({
      method: 'POST',
      url,
      params: { name: 'Ann B', day: '7' },
      query: { a: '1', b: 'two,three' },
      header: 'so',
      body: 'given · €',
    });
    const plain = await fetch(`${host.url}/api/ECHO/bob`);
    expect(await plain.json()).toMatchObject({
      method: 'GET',
      params: { name: 'bob' },
      body: null,
    });
  });

  it('answers with status, headers, cookies and bytes', async () => {
    const { host } = await start();
    const sent = Uint8Array.from({ length: 256 }, (_unused, index) => index);
    const response = await fetch(`${host.url}/api/bytes`, { method: 'POST', body: sent });
    expect(response.status).toBe(201);
    expect(response.headers.get('x-answer')).toBe('yes');
    expect(response.headers.getSetCookie()).toEqual(['one=1; path=/; httponly', 'two=2; path=/']);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(sent.toReversed());
  });

  it('that returns nothing answers 204, one that throws 500 and no detail', async () => {
    const { host, readLog } = await start();
    expect((await fetch(`${host.url}/api/nothing`)).status).toBe(204);
    const response = await fetch(`${host.url}/api/breaks`);
    expect([response.status, await response.text()]).toEqual([500, '']);
    const failed = (await readLog()).find(({ level }) => level === 'error');
    expect(failed?.message).toContain('Error: secret detail');
    expect(failed?.functionName).toBe('breaks');
  });

  it('is found by the most exact route; other paths and methods are 404', async () => {
    const { host } = await start();
    const get = async (path: string, method = 'GET') => {
      const response = await fetch(`${host.url}${path}`, { method });
      return [response.status, await response.text()];
    };
    expect(await get('/api/any/exact')).toEqual([200, 'exact']);
    expect(await get('/api/any/a/b')).toEqual([200, 'a/b']);
    expect(await get('/api/any/exact', 'DELETE')).toEqual([200, 'exact']);
    expect(await get('/api/any/exact', 'PUT')).toEqual([404, '']);
    expect(await get('/api/echo/bob/seven')).toEqual([404, '']);
    expect(await get('/echo/bob')).toEqual([404, '']);
    expect(await get('/api/%E0%A4%A')).toEqual([404, '']);
  });

  it('has the prefix that host.json gives, or none', async () => {
    const hostJson = { version: '2.0', extensions: { http: { routePrefix: '' } } };
    const { host } = await start({ 'host.json': JSON.stringify(hostJson) });
    expect((await fetch(`${host.url}/any/exact`)).status).toBe(200);
    expect((await fetch(`${host.url}/api/any/exact`)).status).toBe(404);
    const urls = host.functions().map(({ url }) => url);
    expect(urls).toContain(`${host.url}/any/exact`);
  });

  it('that is switched off is 404, but for the holder of the master key', async () => {
    const { host } = await start();
    expect((await fetch(`${host.url}/api/off`)).status).toBe(404);
    expect((await fetch(`${host.url}/api/off?code=the-master-key`)).status).toBe(200);
  });
});

describe("a function's key (azure-functions-host AuthenticationLevelHandler.cs)", () => {
  it('opens what it is for, in the header or the address, and all else answers 401', async () => {
    const { host } = await start();
    const cases = [
      ['guarded', '', 401],
      ['guarded', 'wrong', 401],
      ['guarded', 'key-of-another', 401],
      ['guarded', 'its-own-key', 200],
      ['guarded', 'a-host-key', 200],
      ['guarded', 'the-master-key', 200],
      ['master', 'its-own-key', 401],
      ['master', 'a-host-key', 401],
      ['master', 'the-master-key', 200],
    ] as const;
    for (const [name, key, status] of cases) {
      const url = `${host.url}/api/${name}`;
      const byHeader = await fetch(url, { headers: { 'x-functions-key': key } });
      const byQuery = await fetch(`${url}?code=${key}`);
      expect([name, key, byHeader.status, byQuery.status]).toEqual([name, key, status, status]);
    }
    expect((await fetch(`${host.url}/api/guarded`)).status).toBe(401);
  });

  it('in the header counts before one in the address, and can be changed while it runs', async () => {
    const { host } = await start();
    const url = `${host.url}/api/guarded?code=its-own-key`;
    const headers = { 'x-functions-key': 'wrong' };
    expect((await fetch(url, { headers })).status).toBe(401);
    host.setKeys({ ...host.keys(), keysByFunction: {} });
    expect((await fetch(url)).status).toBe(401);
  });
});

describe('an app that asks for streams (@azure/functions httpProxy.ts)', () => {
  const streaming = `const { app } = require('@azure/functions');
const { Readable } = require('node:stream');
app.setup({ enableHttpStream: true });
app.http('upper', { route: 'upper/{name}', methods: ['POST'], handler: async (request) => {
  async function* chunks() {
    yield request.params.name + ':';
    const decoder = new TextDecoder();
    for await (const chunk of request.body) yield decoder.decode(chunk).toUpperCase();
  }
  return { status: 202, headers: { 'x-streamed': 'yes' }, body: Readable.toWeb(Readable.from(chunks())) };
} });
app.http('slow', { handler: async () => ({ body: Readable.toWeb(Readable.from((async function* () {
  yield 'first'; await new Promise((resolve) => setTimeout(resolve, 300)); yield 'second'; })())) }) });
app.http('breaks', { handler: async () => { throw new Error('no'); } });`;

  it('has its requests and answers carried piece by piece', async () => {
    const { host } = await startTestHost({ files: { 'main.cjs': streaming } });
    const response = await fetch(`${host.url}/api/upper/ann`, { method: 'POST', body: 'abc' });
    expect(response.status).toBe(202);
    expect(response.headers.get('x-streamed')).toBe('yes');
    expect(await response.text()).toBe('ann:ABC');
    expect((await fetch(`${host.url}/api/breaks`)).status).toBe(500);
  });

  it('answers before the end is known', async () => {
    const { host } = await startTestHost({ files: { 'main.cjs': streaming } });
    const response = await fetch(`${host.url}/api/slow`);
    const arrived: [string, number][] = [];
    for await (const chunk of response.body ?? []) {
      arrived.push([new TextDecoder().decode(chunk as Uint8Array), performance.now()]);
    }
    expect(arrived.map(([text]) => text)).toEqual(['first', 'second']);
    expect((arrived[1]?.[1] ?? 0) - (arrived[0]?.[1] ?? 0)).toBeGreaterThan(200);
  });
});
