import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { sendRequest } from './send-request.ts';

const timeoutSignal = (milliseconds: number) => AbortSignal.timeout(milliseconds);

/** Runs one request against a real server on loopback. */
async function ask(
  listener: RequestListener,
  timeoutSeconds = 5,
  signal?: AbortSignal,
): Promise<Awaited<ReturnType<typeof sendRequest>>> {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  try {
    return await sendRequest({
      request: { method: 'GET', url: `http://127.0.0.1:${port}/`, headers: {} },
      fetch,
      timeoutSignal,
      timeoutSeconds,
      signal,
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('sendRequest', () => {
  it('returns the status and the text', async () => {
    const attempt = await ask((_request, response) => {
      response.writeHead(429, { 'retry-after': '3' }).end('slow down');
    });
    expect(attempt).toEqual({
      answered: true,
      status: 429,
      text: 'slow down',
      retryAfterSeconds: 3,
    });
  });

  it('says so when no answer comes in time', async () => {
    const attempt = await ask(() => undefined, 0.05);
    expect(attempt).toEqual({ answered: false, problem: 'no whole answer within 0.05 s' });
  });

  it('takes the end of its time from outside', async () => {
    const asked: number[] = [];
    const timeUp = new AbortController();
    const attempt = sendRequest({
      request: { method: 'GET', url: 'http://127.0.0.1:1/', headers: {} },
      fetch: (_url, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => {
            reject(new Error('aborted'));
          });
        }),
      timeoutSignal: (milliseconds) => {
        asked.push(milliseconds);
        return timeUp.signal;
      },
      timeoutSeconds: 86_400,
      signal: undefined,
    });
    timeUp.abort();
    expect(await attempt).toEqual({
      answered: false,
      problem: 'no whole answer within 86400 s',
    });
    expect(asked).toEqual([86_400_000]);
  });

  it('says so when an answer stops half-way', async () => {
    const attempt = await ask((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 20);
    });
    expect(attempt).toMatchObject({ answered: false });
  });

  it('does not follow a redirect', async () => {
    let requests = 0;
    const attempt = await ask((_request, response) => {
      requests += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(attempt).toMatchObject({ answered: true, status: 307 });
    expect(requests).toBe(1);
  });

  it('stops with the run', async () => {
    const stop = new AbortController();
    const attempt = await ask(
      () => {
        stop.abort();
      },
      5,
      stop.signal,
    );
    expect(attempt).toEqual({ answered: false, problem: 'the run was stopped' });
  });

  it('names the code of a network failure and quotes nothing else', async () => {
    const failing: typeof fetch = () =>
      Promise.reject(new TypeError('Headers.append: "my-key" is invalid', { cause: 'my-key' }));
    const attempt = await sendRequest({
      request: { method: 'GET', url: 'http://127.0.0.1:1/', headers: {} },
      fetch: failing,
      timeoutSignal,
      timeoutSeconds: 1,
      signal: undefined,
    });
    expect(attempt).toEqual({ answered: false, problem: 'the connection failed' });
    const refused = await sendRequest({
      request: { method: 'GET', url: 'http://127.0.0.1:1/', headers: {} },
      fetch,
      timeoutSignal,
      timeoutSeconds: 5,
      signal: undefined,
    });
    expect(refused).toMatchObject({ answered: false });
  });
});
