import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pulumiOrSkip } from '@mispriced/pulumi-cli/testing';
import { secretsIn } from '@mispriced/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRehearsal, type Rehearsal, type RehearsedStack } from '../src/index.ts';
import { expectBooksAgree } from './support/expect-books-agree.ts';
import { filesWithSecrets } from './support/files-with-secrets.ts';
import { expectHonestSlots, type RecordedRestart } from './support/honest-slots.ts';
import { accountKeys, keysAndVersions, rotateWords } from './support/key-mode.ts';
import { expectRepaired, resetKeys } from './support/reset-keys.ts';

const pulumi = await pulumiOrSkip();
let rehearsal: Rehearsal;
let stack: RehearsedStack;
const said: string[] = [];
const everKey = new Set<string>();

beforeAll(async () => {
  rehearsal = await openRehearsal({ report: (line) => said.push(line) });
  rehearsal.cloud.setSettings({ siteRestartSeconds: 2 });
  stack = await rehearsal.bringUp('local', {
    storageAuth: 'key',
    liveTrading: 'true',
    schedule: '*/5 * * * * *',
  });
});
afterAll(() => rehearsal.close());

/** A command's value, with all that it said kept to be searched. */
const value = async (words: readonly string[], input?: string): Promise<unknown> => {
  const done = await rehearsal.value(words, input);
  said.push(JSON.stringify(done));
  return done;
};
const learnKeys = async () => {
  for (const key of Object.values(await accountKeys(rehearsal, stack))) everKey.add(key);
};

const title = 'the real strategy in key mode, trading every five seconds';
describe.skipIf(pulumi === null)(title, { timeout: 600_000 }, () => {
  it('gets its first key, is deployed and trades', async () => {
    const first = await value(['rotate-keys', '--stack', 'local']);
    expect(first).toMatchObject({ accounts: [{ status: 'first-key' }] });
    await stack.setSecrets({ trading_api_key: rehearsal.market.key });
    // Little is bought at a time, so that every run has something to buy.
    await stack.changeSettings({ MISPRICED__LIMITS__PER_RUN: '25.00' });
    await stack.deploy({ bootstrap: true, words: ['--now'] });
    expect(await stack.waitForRun()).toMatchObject({ finished: { status: 'traded' } });
    await learnKeys();
  });

  it('has new keys twice and misses no slot but those in a recorded restart', async () => {
    const restarts: RecordedRestart[] = [];
    const since = new Date();
    for (const rotation of [1, 2]) {
      const result = (await value(rotateWords)) as {
        accounts: [{ status: string; restarts: RecordedRestart[] }];
      };
      expect(result.accounts[0].status, `rotation ${rotation}`).toBe('rotated');
      restarts.push(...result.accounts[0].restarts);
      await learnKeys();
    }
    await stack.waitForRun({ after: new Date() });
    await expectHonestSlots(stack, { seconds: 5, restarts, since });
    await expectBooksAgree(rehearsal, stack);
  });

  it('works on after an `up` that changes a setting and a tag, and is as it was made', async () => {
    const before = await keysAndVersions(rehearsal, stack);
    await value([
      ...['up', '--stack', 'local', '--config', 'schedule=*/6 * * * * *'],
      ...['--config', 'owner=somebody-else@example.com'],
    ]);
    expect(await stack.waitForRun({ after: new Date() })).toMatchObject({
      finished: { errorCode: null },
    });
    expect(await keysAndVersions(rehearsal, stack)).toEqual(before);
    const drift = await rehearsal.command(['drift', '--stack', 'local']);
    expect(drift.stdout).toContain('as it was made');
    expect(drift.exitCode).toBe(0);
  });

  it('takes a new key of the market, uses it, and the older version is disabled', async () => {
    const words = ['secrets', 'rotate', 'trading_api_key', '--stack', 'local'];
    const margin = ['--margin-seconds', '0'];
    await stack.changeSettings({ MISPRICED__KEY_VAULT__CACHE_SECONDS: '1' });
    await stack.waitForRun({ after: new Date() });
    const versions = async () => {
      const { secrets } = (await value(['secrets', 'list', '--stack', 'local'])) as {
        secrets: { key: string | null; versions: { version: string; enabled: boolean }[] }[];
      };
      return secrets.find(({ key }) => key === 'trading_api_key')?.versions ?? [];
    };
    const [first] = await versions();
    const wrong = await rehearsal.command([...words, ...margin], 'not-the-key-of-it');
    expect(wrong.stderr).toContain('ROTATION_UNDONE');
    // The newest has the value of before, the one that was no good is disabled, the first is not.
    expect((await versions()).map(({ enabled }) => enabled)).toEqual([true, false, true]);
    const next = 'another-key-of-the-market';
    everKey.add(next);
    await rehearsal.market.setOtherKeys([next]);
    const done = await value([...words, ...margin], next);
    expect(done).toMatchObject({ status: 'in-use', disabled: 2 });
    const now = await versions();
    expect(now.map(({ enabled }) => enabled)).toEqual([true, false, false, false]);
    expect(now[0]).toMatchObject({ version: (done as { version: string }).version });
    expect(now.at(-1)?.version).toBe(first?.version);
    // It is the new one that it trades with: the old one ends, and it goes on.
    expect(await stack.waitForRun({ after: new Date() })).toMatchObject({
      finished: { errorCode: null },
    });
  });

  it('refuses where a slot is a minute away, and trades again after a reset', async () => {
    const careful = await rehearsal.command([
      ...['rotate-keys', '--stack', 'local', '--grace-seconds', '0'],
    ]);
    expect(careful.exitCode).toBe(1);
    expect(careful.stderr).toMatch(
      /ROTATION_REFUSED[\s\S]*The slot .* is less than 600 seconds away/,
    );
    await resetKeys(rehearsal, stack, 'the secret deleted');
    await learnKeys();
    await expectRepaired(rehearsal, stack, ['traded', 'nothing']);
  });

  it('has said and recorded no key, plain or encoded', async () => {
    expect(everKey.size).toBeGreaterThanOrEqual(8);
    expect(secretsIn(said.join('\n'), everKey)).toEqual([]);
    const folder = rehearsal.environment['MISPRICED_LOCAL_FOLDER'] ?? '';
    // The state with its history and its backups.
    const state = await filesWithSecrets(join(folder, 'environments'), everKey);
    expect(state.found).toEqual([]);
    expect(state.read).toBeGreaterThan(3);
    const { logFile } = await stack.site();
    expect(secretsIn(await readFile(logFile, 'utf8'), everKey)).toEqual([]);
  });
});
