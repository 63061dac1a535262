import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSecrets } from './support/find-secrets.ts';
import { type KeyStack, openRunningKeyStack } from './support/key-stack.ts';
import { rotateInProcess } from './support/kill-rotation.ts';
import { proveKill } from './support/prove-kill.ts';

let stack: KeyStack;

beforeAll(async () => {
  stack = await openRunningKeyStack();
});
afterAll(() => stack.close());

it(
  'a rotation that is killed anywhere is finished by the next',
  { timeout: 1_800_000 },
  async () => {
    const { effects } = await rotateInProcess(stack, null);
    let points = 0;
    for (const when of ['before', 'after'] as const) {
      for (const at of effects.keys()) {
        await proveKill(stack, { at: at + 1, when });
        points += 1;
      }
    }
    expect(points).toBe(2 * effects.length);
    process.stdout.write(
      `${points} kill points, before and after each of ${effects.length} effects: all ended rotated and well\n`,
    );
  },
);

it('no line, result, journal or blob ever held a key', async () => {
  expect(await findSecrets(stack)).toEqual([]);
});
