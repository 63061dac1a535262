import { provesAll } from '@mispriced/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSecrets } from './support/find-secrets.ts';
import { type KeyStack, openRunningKeyStack } from './support/key-stack.ts';
import { rotateInProcess } from './support/kill-rotation.ts';
import { quickTimeouts } from './support/quick-timeouts.ts';
import { proveKill } from './support/prove-kill.ts';

let stack: KeyStack;
let effects: string[];

beforeAll(async () => {
  stack = await openRunningKeyStack();
  ({ effects } = await rotateInProcess(stack, null));
});
afterAll(() => stack.close());

/** The place of an effect among all, counted from one. */
const place = (name: string, which = 0): number =>
  effects.flatMap((each, index) => (each === name ? [index + 1] : []))[which] ?? 0;

const moments = [
  ['regenerate key1', 'after'],
  ['write the secret storage--connection-string', 'after'],
  ['refresh app-keystack', 'before'],
  ['regenerate key2', 'after'],
] as const;

it.each(provesAll ? moments : moments.slice(1, 3))(
  'a rotation that is killed at "%s" (%s) is finished by the next',
  async (name, when) => {
    // Which of the two is renewed first alternates.
    const at =
      place(name) || place(name.replace(/key[12]/, (key) => (key === 'key1' ? 'key2' : 'key1')));
    expect(at).toBeGreaterThan(0);
    await proveKill(stack, { at, when });
  },
);

if (provesAll) {
  it('a call waits until the lease of one that was killed lapses', async () => {
    await proveKill(stack, { at: place('journal done', 1), when: 'after' }, { waits: true });
  });
}

it('of two calls at once one waits, and then finds young keys', async () => {
  const lines: string[] = [];
  const [one, other] = await Promise.allSettled([
    stack.rotate({ graceSeconds: 0 }),
    stack.rotate({ maxAgeDays: 1 }, { onProgress: (line) => lines.push(line) }),
  ]);
  expect(one.status).toBe('fulfilled');
  expect(other).toMatchObject({ value: { accounts: [{ status: 'young' }] } });
  expect(lines).toEqual([]);
  let begun = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => (begun = resolve));
  const onEffect = (): Promise<void> => {
    begun();
    return Promise.resolve();
  };
  const held = stack.rotate({}, { onEffect });
  await Promise.race([hasBegun, held]);
  const late = await stack
    .rotate({ timeouts: { ...quickTimeouts, lockSeconds: 0 } })
    .catch((error: unknown) => error);
  expect(late).toMatchObject({ code: 'ROTATION_BUSY' });
  await held;
});

it('no line, result, journal or blob ever held a key', async () => {
  expect(await findSecrets(stack)).toEqual([]);
});
