import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSecrets } from './support/find-secrets.ts';
import { tryKeyOf } from './support/try-key-of.ts';
import { type KeyStack, openKeyStack, secretName } from './support/key-stack.ts';

let stack: KeyStack;

beforeAll(async () => {
  stack = await openKeyStack();
});
afterAll(() => stack.close());

describe('the keys of an environment', () => {
  it('begin with the first, which is written to the vault before the app is there', async () => {
    const first = await stack.rotate();
    expect(first.accounts).toMatchObject([{ status: 'first-key' }]);
    const { value = '', properties } = await stack.secrets.getSecret(secretName);
    expect(value).toContain((await stack.keys()).key1);
    expect(properties.tags).toMatchObject({
      CredentialId: 'key1',
      ProviderAddress: stack.accountId,
    });
    await stack.deploy();
    await stack.untilWell();
  });

  it(
    'are new after each rotation, the old ones open nothing, and the app goes on',
    { timeout: 600_000 },
    async () => {
      for (const holds of ['key2', 'key1', 'key2'] as const) {
        const before = await stack.keys();
        const result = await stack.rotate();
        expect(result.accounts).toMatchObject([
          { status: 'rotated', consumers: [{ holds }], restarts: [{}] },
        ]);
        for (const key of Object.values(before)) {
          expect(await tryKeyOf(stack, key)).toBe(403);
        }
        expect(await stack.status()).toMatchObject({ healthy: true });
      }
    },
  );
});

it('no line, result, journal or blob ever held a key', async () => {
  expect(await findSecrets(stack)).toEqual([]);
});
