import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRehearsal, type Rehearsal, type RehearsedStack } from '../src/index.ts';
import { accountKeys, expectDead, expectHonestSlots, rotateWords } from './support/key-mode.ts';

const rotations = 20;
let rehearsal: Rehearsal;
let stack: RehearsedStack;

beforeAll(async () => {
  rehearsal = await openRehearsal();
  rehearsal.cloud.setSettings({ siteRestartSeconds: 2 });
  stack = await rehearsal.bringUp('local', {
    ...{ storageAuth: 'key', liveTrading: 'true', schedule: '*/5 * * * * *' },
  });
  await rehearsal.value(['rotate-keys', '--stack', 'local']);
  await stack.setSecrets({ trading_api_key: rehearsal.market.key });
  await stack.deploy({ bootstrap: true, words: ['--now'] });
  await stack.waitForRun();
}, 300_000);
afterAll(() => rehearsal.close());

it(
  'the keys of a strategy that trades every five seconds are new 20 times',
  { timeout: 600_000 },
  async () => {
    const restarts: { from: string; until: string }[] = [];
    const every = new Set(Object.values(await accountKeys(rehearsal, stack)));
    for (let rotation = 1; rotation <= rotations; rotation += 1) {
      const before = await accountKeys(rehearsal, stack);
      const result = (await rehearsal.value(rotateWords)) as {
        accounts: [{ status: string; restarts: { from: string; until: string }[] }];
      };
      expect(result.accounts[0].status, `rotation ${rotation}`).toBe('rotated');
      restarts.push(...result.accounts[0].restarts);
      for (const key of Object.values(before)) await expectDead(stack, key);
      for (const key of Object.values(await accountKeys(rehearsal, stack))) every.add(key);
    }
    expect(every.size).toBe(2 * rotations + 2);
    await stack.waitForRun({ after: new Date() });
    const { slots, absent } = await expectHonestSlots(stack, { seconds: 5, restarts });
    const orders = await rehearsal.market.orders();
    expect(new Set(orders.map(({ orderInstructId }) => orderInstructId)).size).toBeGreaterThan(0);
    process.stdout.write(
      `${rotations} rotations: ${slots} slots ran once each, ${absent} fell into ${restarts.length} recorded restarts, none failed\n`,
    );
  },
);

it(
  'a later `up` with another setting and tag leaves it trading',
  { timeout: 180_000 },
  async () => {
    await rehearsal.value([
      ...['up', '--stack', 'local', '--config', 'schedule=*/6 * * * * *'],
      ...['--config', 'owner=somebody-else@example.com'],
    ]);
    expect(await stack.waitForRun({ after: new Date() })).toMatchObject({
      finished: { errorCode: null },
    });
    const drift = await rehearsal.command(['drift', '--stack', 'local']);
    expect(drift.stdout).toContain('as it was made');
  },
);
