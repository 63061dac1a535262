import { afterAll, beforeAll, it } from 'vitest';
import { openRehearsal, type Rehearsal, type RehearsedStack } from '../src/index.ts';
import { tradeInKeyMode } from './support/key-mode.ts';
import { damages, expectRepaired, resetKeys } from './support/reset-keys.ts';

let rehearsal: Rehearsal;
let stack: RehearsedStack;

beforeAll(async () => {
  rehearsal = await openRehearsal();
  stack = await tradeInKeyMode(rehearsal);
}, 300_000);
afterAll(() => rehearsal.close());

it.each(Object.keys(damages) as (keyof typeof damages)[])(
  'the strategy, down with both keys reset and %s, trades again after one command',
  { timeout: 600_000 },
  async (damage) => {
    await resetKeys(rehearsal, stack, damage);
    await expectRepaired(rehearsal, stack);
  },
);
