import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRehearsal, type Rehearsal, type RehearsedStack } from '../src/index.ts';
import { damages, expectRepaired, resetKeys } from './support/reset-keys.ts';

let rehearsal: Rehearsal;
let stack: RehearsedStack;

beforeAll(async () => {
  rehearsal = await openRehearsal();
  stack = await rehearsal.bringUp('local', {
    ...{ storageAuth: 'key', liveTrading: 'true', schedule: '*/5 * * * * *' },
  });
  await rehearsal.value(['rotate-keys', '--stack', 'local']);
  await stack.setSecrets({ trading_api_key: rehearsal.market.key });
  // Little is bought at a time, so that there is always something left to buy.
  await stack.changeSettings({ MISPRICED__LIMITS__PER_RUN: '25.00' });
  await stack.deploy({ bootstrap: true, words: ['--now'] });
  expect(await stack.waitForRun()).toMatchObject({ finished: { status: 'traded' } });
}, 300_000);
afterAll(() => rehearsal.close());

it.each(Object.keys(damages) as (keyof typeof damages)[])(
  'the strategy, down with both keys reset and %s, trades again after one command',
  { timeout: 240_000 },
  async (damage) => {
    await resetKeys(rehearsal, stack, damage);
    await expectRepaired(rehearsal, stack);
  },
);
