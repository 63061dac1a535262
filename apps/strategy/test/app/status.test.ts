import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FunctionsHost } from '@mispriced/functions-host';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { StatusDocument } from '../../src/status/status-document.ts';
import { craftLoans, openMarket, slot } from '../crash/support/crafted-market.ts';
import { settingsOf } from '../crash/support/prove-kill.ts';
import { runOnce } from '../crash/support/run-once.ts';
import { openFileStack } from '../crash/support/trading-stack.ts';
import { startAppHost } from './support/start-app-host.ts';

const crafted = await craftLoans();
const files = await openFileStack(crafted.generated);

afterAll(() => files.close());

const key = (host: FunctionsHost): string => host.keys().functionKeys['default'] ?? '';

async function ask(host: FunctionsHost, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${host.url}/api/status`, {
    headers: { 'x-functions-key': key(host), ...headers },
  });
}

/** The app with one setting or another changed. */
async function openApp(changes: Readonly<Record<string, string>> = {}) {
  const market = await openMarket(crafted.loans);
  onTestFinished(() => market.close());
  const settings = { ...settingsOf(files, market.settings, 'status'), ...changes };
  const { host } = await startAppHost({ settings });
  const read = async () => {
    const answer = await ask(host);
    return { code: answer.status, status: (await answer.json()) as StatusDocument };
  };
  return { host, settings, read };
}

describe('status', () => {
  it('answers whoever has the key, as JSON and as a page', async () => {
    const { host, settings, read } = await openApp({});
    expect((await fetch(`${host.url}/api/status`)).status).toBe(401);
    expect((await ask(host, { 'x-functions-key': 'another' })).status).toBe(401);
    expect(
      host
        .functions()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['daily-trade', 'refresh-data', 'status']);

    const { runId } = await runOnce({ settings, slot });
    const { code, status } = await read();
    expect(code).toBe(200);
    expect(status).toMatchObject({
      healthy: true,
      stage: 'embedded',
      strategy: 'status',
      mode: 'live',
      halted: null,
      model: { name: 'lendingclub' },
      lastRuns: [{ runId, status: 'traded', spent: '125.00', errorCode: null }],
      // Run from the repository: nothing was deployed.
      release: { content: null, package: null, commit: null },
    });
    expect(status.nextRun).toMatch(/T15:25:03.000Z$/);
    expect(status.ownData.map(({ set }) => set).toSorted()).toEqual([
      'state-unemployment',
      'zip3-income',
    ]);
    const answer = await ask(host, { accept: 'text/html' });
    expect(answer.headers.get('content-type')).toContain('text/html');
    const page = await answer.text();
    for (const text of ['Healthy', 'is traded', 'traded', '125.00', 'lendingclub answers']) {
      expect(page).toContain(text);
    }
  });

  it('is all there is where the configuration is wrong, and says what is', async () => {
    const { host, read } = await openApp({
      MISPRICED__RUN__MODE: 'lve',
      MISPRICED__LIMITS__PER_ORDER: 'much',
    });
    expect(host.functions().map(({ name }) => name)).toEqual(['status']);
    const { code, status } = await read();
    expect(code).toBe(503);
    expect(status.health).toHaveLength(1);
    expect(status.health[0]).toMatchObject({ name: 'configuration', healthy: false });
    for (const problem of ['run.mode', 'limits.per_order']) {
      expect(status.health[0]?.detail).toContain(problem);
    }
  });

  it.each([
    ['market', { MISPRICED__TRADING_API_KEY: 'not-the-key-of-it' }, /refuse/, /trading_api_key/],
    ['market', { MISPRICED__VENUE__URL: 'http://127.0.0.1:9' }, /connection failed/, /./],
    ['model and own data', { MISPRICED__MODEL__NAME: 'another' }, /No version/, /promote/],
    [
      'storage',
      {
        MISPRICED__STORAGE__KIND: 'blob',
        MISPRICED__STORAGE__CONNECTION_STRING:
          'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=bm8=;BlobEndpoint=http://127.0.0.1:9/a;',
      },
      /cannot be reached/,
      /network/,
    ],
    [
      'storage',
      {
        MISPRICED__STORAGE__KIND: 'blob',
        MISPRICED__STORAGE__CONNECTION_STRING: 'copied by half',
      },
      /not a connection string/,
      /Copy it whole/,
    ],
  ] as const)('says what is wrong with the %s (%j)', async (name, changes, reason, fix) => {
    const { read } = await openApp(changes);
    const begun = performance.now();
    const { code, status } = await read();
    expect(performance.now() - begun).toBeLessThan(30_000);
    expect(code).toBe(503);
    const check = status.health.find((each) => each.name === name);
    expect(check).toMatchObject({ healthy: false });
    expect(check?.detail).toMatch(reason);
    expect(check?.fix).toMatch(fix);
    if (name === 'storage') expect(status.halted).toContain('cannot be read');
    if (name === 'market') {
      expect(status.health.filter(({ healthy }) => !healthy)).toHaveLength(1);
    }
  });

  it('says that a ledger is still to be migrated', async () => {
    const { read } = await openApp();
    const line = new TextEncoder().encode('{"type":"run-started"}\n');
    await files.objects.append('ledger', 'mispriced/2026-01.jsonl', line, 0);
    onTestFinished(() =>
      rm(join(files.objects.location, 'ledger', 'mispriced'), { recursive: true }),
    );
    const { status } = await read();
    expect(status.health.find(({ name }) => name === 'storage')).toMatchObject({
      healthy: false,
      fix: expect.stringContaining('ledger migrate') as string,
    });
  });

  it('says which own data is missing', async () => {
    const { read } = await openApp();
    const folder = join(files.objects.location, 'data', 'zip3-income');
    await rm(join(folder, 'live.json'));
    const { status } = await read();
    const check = status.health.find(({ name }) => name.startsWith('model'));
    expect(check?.detail).toContain('zip3-income has no snapshot');
  });
});
