import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secretsIn } from '@mispriced/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRehearsal, type Rehearsal, type RehearsedStack } from '../src/index.ts';
import { accountKeys, expectHonestSlots, rotateWords } from './support/key-mode.ts';

let rehearsal: Rehearsal;
let stack: RehearsedStack;
const said: string[] = [];
const everKey = new Set<string>();

beforeAll(async () => {
  rehearsal = await openRehearsal({ report: (line) => said.push(line) });
  rehearsal.cloud.setSettings({ siteRestartSeconds: 2 });
  stack = await rehearsal.bringUp('local', {
    ...{ storageAuth: 'key', liveTrading: 'true', schedule: '*/5 * * * * *' },
  });
});
afterAll(() => rehearsal.close());

const learnKeys = async () => {
  for (const key of Object.values(await accountKeys(rehearsal, stack))) everKey.add(key);
};

describe('the real strategy in key mode, trading every five seconds', { timeout: 180_000 }, () => {
  it('gets its first key, is deployed and trades', async () => {
    const first = await rehearsal.value(['rotate-keys', '--stack', 'local']);
    expect(first).toMatchObject({ accounts: [{ status: 'first-key' }] });
    await stack.setSecrets({ trading_api_key: rehearsal.market.key });
    await stack.deploy({ bootstrap: true, words: ['--now'] });
    expect(await stack.waitForRun()).toMatchObject({ finished: { status: 'traded' } });
    await learnKeys();
  });

  it('has new keys twice and misses no slot but those in a recorded restart', async () => {
    const restarts = [];
    for (const rotation of [1, 2]) {
      const result = (await rehearsal.value(rotateWords)) as {
        accounts: [{ status: string; restarts: { from: string; until: string }[] }];
      };
      expect(result.accounts[0].status, `rotation ${rotation}`).toBe('rotated');
      restarts.push(...result.accounts[0].restarts);
      await learnKeys();
    }
    await stack.waitForRun({ after: new Date() });
    await expectHonestSlots(stack, { seconds: 5, restarts });
  });

  it('works on after an `up` that changes a setting and a tag, and is as it was made', async () => {
    await rehearsal.value([
      ...['up', '--stack', 'local', '--config', 'schedule=*/6 * * * * *'],
      ...['--config', 'owner=somebody-else@example.com'],
    ]);
    expect(await stack.waitForRun({ after: new Date() })).toMatchObject({
      finished: { errorCode: null },
    });
    const drift = await rehearsal.command(['drift', '--stack', 'local']);
    expect(drift.stdout).toContain('as it was made');
    expect(drift.exitCode).toBe(0);
  });

  it('takes a new key of the market, uses it, and the older version is disabled', async () => {
    const words = ['secrets', 'rotate', 'trading_api_key', '--stack', 'local'];
    const margin = ['--margin-seconds', '0'];
    await stack.changeSettings({ MISPRICED__KEY_VAULT__CACHE_SECONDS: '1' });
    await stack.waitForRun({ after: new Date() });
    const wrong = await rehearsal.command([...words, ...margin], 'not-the-key-of-it');
    expect(wrong.stderr).toContain('ROTATION_UNDONE');
    const done = await rehearsal.value([...words, ...margin], rehearsal.market.key);
    expect(done).toMatchObject({ status: 'in-use' });
    expect(await stack.waitForRun({ after: new Date() })).toMatchObject({
      finished: { errorCode: null },
    });
  });

  it('waits or refuses where a slot is a minute away, and is mended after a reset', async () => {
    const careful = await rehearsal.command([
      ...['rotate-keys', '--stack', 'local', '--grace-seconds', '0'],
    ]);
    expect(careful.exitCode).toBe(1);
    expect(careful.stderr).toMatch(
      /ROTATION_REFUSED[\s\S]*The slot .* is less than 600 seconds away/,
    );
    for (const keyName of ['key1', 'key2']) {
      const path = `${stack.outputs['storageAccountId'] ?? ''}/regenerateKey`;
      await rehearsal.cloud.request('POST', `${path}?api-version=2024-01-01`, { keyName });
    }
    await learnKeys();
    const restart = `${stack.outputs['appId'] ?? ''}/restart?api-version=2025-05-01`;
    await rehearsal.cloud.request('POST', restart);
    while ((await stack.site()).state !== 'failed') {
      await new Promise((done) => setTimeout(done, 100));
    }
    const repaired = await rehearsal.value(['rotate-keys', '--stack', 'local', '--repair']);
    expect(repaired).toMatchObject({ accounts: [{ status: 'repaired' }] });
    // The timer itself waits until the lock lapses that the dead host could not give back.
    expect(await stack.status()).toMatchObject({ healthy: true });
    expect(await stack.tick()).toMatchObject({ error: null });
  });

  it('has said and recorded no key, plain or encoded', async () => {
    expect(everKey.size).toBeGreaterThanOrEqual(8);
    expect(secretsIn(said.join('\n'), everKey)).toEqual([]);
    const folder = rehearsal.environment['MISPRICED_LOCAL_FOLDER'] ?? '';
    const state = join(folder, 'environments', '.pulumi', 'stacks', 'mispriced', 'local.json');
    expect(secretsIn(await readFile(state, 'utf8'), everKey)).toEqual([]);
    const { logFile } = await stack.site();
    expect(secretsIn(await readFile(logFile, 'utf8'), everKey)).toEqual([]);
  });
});
