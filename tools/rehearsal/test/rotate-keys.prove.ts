import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRehearsal, type Rehearsal, type RehearsedStack } from '../src/index.ts';
import { expectBooksAgree } from './support/expect-books-agree.ts';
import {
  expectHonestSlots,
  expectTrueRestarts,
  type RecordedRestart,
} from './support/honest-slots.ts';
import {
  accountKeys,
  expectDead,
  keysAndVersions,
  rotateWords,
  tradeInKeyMode,
} from './support/key-mode.ts';

const rotations = 20;
const schedule = 'MISPRICED__SCHEDULE__DAILY_TRADE';
let rehearsal: Rehearsal;
let stack: RehearsedStack;

beforeAll(async () => {
  rehearsal = await openRehearsal();
  rehearsal.cloud.setSettings({ siteRestartSeconds: 2 });
  stack = await tradeInKeyMode(rehearsal);
}, 300_000);
afterAll(() => rehearsal.close());

it(
  'the keys of a strategy that trades every five seconds are new 20 times',
  { timeout: 900_000 },
  async () => {
    const restarts: RecordedRestart[] = [];
    const since = new Date();
    const every = new Set(Object.values(await accountKeys(rehearsal, stack)));
    for (let rotation = 1; rotation <= rotations; rotation += 1) {
      const before = await accountKeys(rehearsal, stack);
      const result = (await rehearsal.value(rotateWords)) as {
        accounts: [{ status: string; restarts: RecordedRestart[] }];
      };
      expect(result.accounts[0].status, `rotation ${rotation}`).toBe('rotated');
      restarts.push(...result.accounts[0].restarts);
      for (const key of Object.values(before)) await expectDead(stack, key);
      for (const key of Object.values(await accountKeys(rehearsal, stack))) every.add(key);
    }
    expect(every.size).toBe(2 * rotations + 2);
    await stack.waitForRun({ after: new Date() });
    await expectTrueRestarts(stack, { restarts, since, most: rotations, longestSeconds: 30 });
    const { slots, absent, cutOff, passedOver } = await expectHonestSlots(stack, {
      seconds: 5,
      restarts,
      since,
    });
    const orders = await expectBooksAgree(rehearsal, stack);
    process.stdout.write(
      `${rotations} rotations: ${slots} slots ran once each, ${absent} fell into ${restarts.length} recorded restarts, ${cutOff} were cut off there, ${passedOver} came while the run before was at work, none failed; ${orders} orders stand once in the ledger and once at the market\n`,
    );
  },
);

it(
  'a later `up` with another setting and tag leaves keys and secret alone, and it trades on',
  { timeout: 600_000 },
  async () => {
    const before = await keysAndVersions(rehearsal, stack);
    expect(before.versions?.length).toBeGreaterThan(rotations);
    await rehearsal.value([
      ...['up', '--stack', 'local', '--config', 'schedule=*/6 * * * * *'],
      ...['--config', 'owner=somebody-else@example.com'],
    ]);
    expect(await stack.waitForRun({ after: new Date() })).toMatchObject({
      finished: { errorCode: null },
    });
    expect(await keysAndVersions(rehearsal, stack)).toEqual(before);
    const drift = await rehearsal.command(['drift', '--stack', 'local']);
    expect(drift.stdout).toContain('as it was made');
  },
);

it('with a slot a minute away it refuses, and that slot runs', { timeout: 300_000 }, async () => {
  const slot = new Date(Math.ceil(Date.now() / 60_000 + 0.75) * 60_000);
  await stack.changeSettings({
    [schedule]: `0 ${slot.getUTCMinutes()} ${slot.getUTCHours()} * * *`,
  });
  const giveUpAt = Date.now() + 30_000;
  while ((await stack.status())?.healthy !== true && Date.now() < giveUpAt) {
    await new Promise((done) => setTimeout(done, 200));
  }
  const before = await accountKeys(rehearsal, stack);
  const refused = await rehearsal.command([
    ...['rotate-keys', '--stack', 'local', '--grace-seconds', '0'],
  ]);
  expect(Date.now(), 'it was asked before the slot').toBeLessThan(slot.getTime());
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain(`The slot ${slot.toISOString()} of`);
  expect(await accountKeys(rehearsal, stack)).toEqual(before);
  const run = await stack.waitForRun({ after: slot, timeoutSeconds: 180 });
  expect(run).toMatchObject({
    started: { slot: slot.toISOString() },
    finished: { errorCode: null },
  });
});
