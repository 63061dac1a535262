import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningMarket, serveMarket } from '../http/serve-market.ts';
import { coinMarket } from './coin-market.ts';

describe('what simulated markets share, of a market that is none of loans', () => {
  let market: RunningMarket | null = null;
  afterEach(() => market?.close());

  const start = async (args: Partial<Parameters<typeof coinMarket>[0]> = {}): Promise<void> => {
    await market?.close();
    market = await serveMarket({ market: coinMarket({ accountId: 'ann', ...args }) });
  };
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${market?.url ?? ''}${path}`, {
      method,
      headers: { authorization: 'Key ann' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  const bet = (on = 'heads') => send('POST', '/v0/bet', { on });
  const orders = async () => {
    const { body } = (await send('GET', '/_control/orders')) as { body: { orders: unknown[] } };
    return body.orders;
  };

  it('serves its routes, and words what is wrong as the market does', async () => {
    await start();
    expect(await send('GET', '/v0/questions/coin%20toss')).toEqual({
      status: 200,
      body: { slug: 'coin toss', price: '0.5' },
    });
    expect(await bet()).toEqual({ status: 201, body: { status: 'filled' } });
    expect(await bet('edge')).toEqual({ status: 422, body: { error: 'bad-bet: No such side.' } });
    expect(await send('GET', '/v0/bet')).toEqual({
      status: 501,
      body: { error: 'not-implemented: The simulated market has no GET /v0/bet.' },
    });
    expect(await send('GET', '/_control/health')).toEqual({
      status: 200,
      body: { status: 'ok', simulation: true, questions: 1 },
    });
  });

  it('plays the faults that every market has, and its own', async () => {
    await start();
    const set = (...faults: object[]) => send('PUT', '/_control/faults', faults);
    await set(
      { route: 'POST /bet', fault: 'status', status: 503 },
      { route: 'POST /bet', fault: 'closed' },
      { route: 'POST /bet', fault: 'status-after-effect' },
      { route: 'POST /bet', fault: 'lost-answer' },
    );
    expect(await bet()).toMatchObject({ status: 503 });
    expect(await bet()).toEqual({ status: 200, body: { status: 'closed' } });
    expect(await bet()).toMatchObject({
      status: 500,
      body: { error: expect.stringContaining('injected-fault') as string },
    });
    await expect(bet()).rejects.toThrow('fetch failed');
    expect(await orders()).toEqual([
      { on: 'heads', fault: 'status-after-effect' },
      { on: 'heads', fault: 'lost-answer' },
    ]);
    expect(await set({ route: 'GET /questions/coin', fault: 'closed' })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('for POST /bet only') as string },
    });
  });

  it('lets through no more than its limit', async () => {
    let now = 0;
    await start({ elapsedMilliseconds: () => now });
    expect(await bet()).toMatchObject({ status: 201 });
    expect(await bet()).toMatchObject({ status: 429 });
    now += 100;
    expect(await bet()).toMatchObject({ status: 201 });
  });

  it('keeps its state in a file of one account', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'coin-market-'));
    const stateFile = join(folder, 'state.json');
    await start({ stateFile });
    await bet('tails');
    await start({ stateFile });
    expect(await orders()).toEqual([{ on: 'tails', fault: null }]);
    expect(() => coinMarket({ accountId: 'bob', stateFile })).toThrow('the state of account ann');
    rmSync(folder, { recursive: true });
  });
});
