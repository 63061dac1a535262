import { expect, it } from 'vitest';
import { ArmClient, type Json } from './arm-client.ts';
import { ArmError } from './arm-error.ts';

const version = '2025-01-01';
const endpoint = 'https://arm.test';

/** An answer to come; an error for a network that gives none. */
type Planned = { status: number; body?: Json; headers?: Record<string, string> } | Error;

/** A client of a resource manager that answers as planned, on a clock that only waiting moves. */
function scene(planned: readonly Planned[]) {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const answers = [...planned];
  const asked: string[] = [];
  const slept: number[] = [];
  const client = new ArmClient({
    endpoint,
    audience: 'https://audience.test/',
    credential: {
      getToken: (scopes) =>
        Promise.resolve({ token: String(scopes), expiresOnTimestamp: Date.now() + 3_600_000 }),
    },
    clock: {
      now: () => new Date(now),
      sleep: (milliseconds) => {
        slept.push(milliseconds / 1000);
        return Promise.resolve((now += milliseconds));
      },
    },
    fetch: (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const { authorization } = Object.fromEntries(new Headers(init?.headers));
      expect(authorization).toBe('Bearer https://audience.test/.default');
      asked.push(`${init?.method ?? ''} ${url.pathname}${url.search}`);
      const answer = answers.shift();
      if (answer === undefined) throw new Error('Nothing more was planned.');
      if (answer instanceof Error) return Promise.reject(answer);
      const { status, body, headers = {} } = answer;
      const text = body === undefined ? null : JSON.stringify(body);
      return Promise.resolve(new Response(text, { status, headers }));
    },
  });
  return { client, asked, slept };
}

it('reads what is there, and null where nothing is', async () => {
  const { client, asked } = scene([{ status: 200, body: { name: 'a' } }, { status: 404 }]);
  expect(await client.read('/a', version)).toEqual({ name: 'a' });
  expect(await client.read('/b', version, 'list')).toBeNull();
  expect(asked).toEqual([`GET /a?api-version=${version}`, `POST /b/list?api-version=${version}`]);
});

it.each(['GET', 'POST', 'PUT', 'DELETE'] as const)(
  'sends %s again where no answer came or one that may pass, as long as Azure asks to wait',
  async (method) => {
    const { client, slept } = scene([
      new TypeError('fetch failed'),
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:14 GMT' } },
      { status: 200, body: {} },
    ]);
    expect(await client.send({ method, path: '/a', apiVersion: version })).toMatchObject({
      status: 200,
    });
    expect(slept).toEqual([2, 7, 5]);
  },
);

it('gives up after the fourth try, and at once where nothing can pass', async () => {
  const error = { code: 'TooManyRequests', message: 'slow down' };
  const busy = scene(Array<Planned>(4).fill({ status: 429, body: { error } }));
  const given = await busy.client.read('/a', version).catch((thrown: unknown) => thrown);
  expect(given).toBeInstanceOf(ArmError);
  expect(given).toMatchObject({
    status: 429,
    code: 'TooManyRequests',
    message: 'Status=429 Code="TooManyRequests" Message="slow down"',
  });
  expect(busy.slept).toEqual([2, 4, 8]);

  const refused = scene([{ status: 403, body: { error: { code: 'AuthorizationFailed' } } }]);
  await expect(refused.client.read('/a', version)).rejects.toMatchObject({ isRefusal: true });

  const silent = scene(Array<Planned>(4).fill(new TypeError('fetch failed')));
  await expect(silent.client.read('/a', version)).rejects.toThrow(
    'GET /a got no answer: fetch failed',
  );
});

it('takes an allowed answer at once', async () => {
  const { client, slept } = scene([{ status: 503 }]);
  const asked = { method: 'GET', path: '/a', apiVersion: version, allow: [503] } as const;
  expect(await client.send(asked)).toEqual({ status: 503, body: null });
  expect(slept).toEqual([]);
});

it('reads a list to its end by the links that Azure gives', async () => {
  const { client, asked } = scene([
    { status: 200, body: { value: [1, 2], nextLink: `${endpoint}/a?api-version=x&page=2` } },
    { status: 200, body: { value: [3], nextLink: null } },
  ]);
  expect(await client.list('/a?$filter=b', version)).toEqual([1, 2, 3]);
  expect(asked).toEqual([
    `GET /a?%24filter=b&api-version=${version}`,
    'GET /a?api-version=x&page=2',
  ]);
});

it('takes an allowed answer to any page of a list as no list', async () => {
  const { client } = scene([
    { status: 403 },
    { status: 200, body: { value: [1], nextLink: `${endpoint}/a?page=2` } },
    { status: 404 },
  ]);
  expect(await client.list('/a', version, [403, 404])).toBeNull();
  expect(await client.list('/a', version, [403, 404])).toBeNull();
});

it('waits for an operation by its status, then reads what came of it', async () => {
  const headers = { 'azure-asyncoperation': `${endpoint}/operation?api-version=x` };
  const { client, asked, slept } = scene([
    { status: 201, body: { state: 'Creating' }, headers: { ...headers, 'retry-after': '5' } },
    { status: 200, body: { status: 'InProgress' } },
    { status: 200, body: { status: 'Succeeded' } },
    { status: 200, body: { state: 'there' } },
  ]);
  expect(await client.write('/a', version, {})).toEqual({ state: 'there' });
  expect(slept).toEqual([5, 2]);
  expect(asked.slice(1)).toEqual([
    'GET /operation?api-version=x',
    'GET /operation?api-version=x',
    `GET /a?api-version=${version}`,
  ]);
});

it('waits for an operation by its location, and tells how one failed', async () => {
  const location = { location: `${endpoint}/operation?api-version=x` };
  const { client, slept } = scene([
    { status: 202, headers: location },
    { status: 202 },
    { status: 204 },
    { status: 404 },
  ]);
  await client.delete('/a', version);
  expect(slept).toEqual([2, 2]);
  await client.delete('/a', version);

  const failing = scene([
    { status: 202, headers: { 'azure-asyncoperation': `${endpoint}/operation` } },
    { status: 200, body: { status: 'Failed', error: { code: 'Conflict', message: 'no' } } },
  ]);
  await expect(failing.client.act('/a/do', version)).rejects.toMatchObject({ code: 'Conflict' });
});

it('says so where nobody is signed in, and tries no second time', async () => {
  let times = 0;
  const client = new ArmClient({
    endpoint,
    audience: endpoint,
    fetch,
    credential: { getToken: () => Promise.resolve(((times += 1), null)) },
  });
  await expect(client.read('/a', version)).rejects.toMatchObject({
    code: 'CREDENTIAL_REFUSED',
    message: 'Nobody is signed in.',
  });
  expect(times).toBe(1);
});
