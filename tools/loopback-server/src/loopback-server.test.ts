import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  answer,
  errorResponse,
  findRoute,
  HttpError,
  listen,
  readRequest,
  writeAtomically,
  writeResponse,
} from './index.ts';

describe('a server on loopback', () => {
  it('reads a request whole and answers it as JSON', async () => {
    const listener = await listen({
      listener: (incoming, outgoing) => {
        void readRequest(incoming).then(({ method, path, query, body }) => {
          const text = body.toString('utf8');
          writeResponse(outgoing, answer(201, { method, path, a: query.get('a'), text }));
        });
      },
    });
    onTestFinished(() => listener.close());
    const url = `http://127.0.0.1:${listener.port}/notes/1?a=b`;
    const answered = await fetch(url, { method: 'POST', body: 'words' });
    expect(answered.status).toBe(201);
    expect(answered.headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await answered.json()).toEqual({
      method: 'POST',
      path: '/notes/1',
      a: 'b',
      text: 'words',
    });
  });

  it('takes its preferred port where that is free, another where it is taken, or no other', async () => {
    const listener = (): void => undefined;
    const first = await listen({ listener });
    onTestFinished(() => first.close());
    const second = await listen({ listener, preferredPort: first.port });
    onTestFinished(() => second.close());
    expect(second.port).not.toBe(first.port);
    await expect(listen({ listener, port: first.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await second.close();
    await second.close();
  });
});

describe('findRoute', () => {
  const routes = [
    { method: 'GET', path: '/notes/{id}' },
    { method: 'GET', path: '/Notes' },
  ];

  it('gives the values in a path, decoded', () => {
    const found = findRoute(routes, { method: 'GET', path: '/notes/a%20b' });
    expect(found).toEqual({ route: routes[0], parameters: { id: 'a b' } });
    expect(findRoute(routes, { method: 'PUT', path: '/notes/a' })).toBeUndefined();
    expect(findRoute(routes, { method: 'GET', path: '/notes/a/b' })).toBeUndefined();
  });

  it('tells letters and slashes apart only where it is asked to', () => {
    const request = { method: 'GET', path: '/notes/' };
    expect(findRoute(routes, request)?.route).toBe(routes[1]);
    expect(findRoute(routes, request, { exact: true })).toBeUndefined();
  });
});

it('answers a refusal with its code, and a defect without its insides', () => {
  const refusal = new HttpError({ status: 409, code: 'Conflict', message: 'It is there.' });
  expect(errorResponse(refusal)).toMatchObject({
    status: 409,
    body: { error: { code: 'Conflict', message: 'It is there.' } },
  });
  expect(errorResponse(new TypeError('x is undefined'))).toMatchObject({ status: 500 });
});

it('replaces a file for its owner alone', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'loopback-server-')), 'state.json');
  writeAtomically(file, 'old');
  writeAtomically(file, 'new');
  expect(await readFile(file, 'utf8')).toBe('new');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
