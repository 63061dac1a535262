import { expect } from 'vitest';
import { type KeyStack, secretName } from './key-stack.ts';
import { tryKeyOf } from './try-key-of.ts';

/** Sees that both keys are others than before, the old ones dead, and the app at work with a new one. */
export async function expectRotated(
  stack: KeyStack,
  before: Readonly<Record<'key1' | 'key2', string>>,
): Promise<void> {
  const now = await stack.keys();
  for (const name of ['key1', 'key2'] as const) {
    expect(now[name]).not.toBe(before[name]);
    expect(await tryKeyOf(stack, before[name])).toBe(403);
    expect(await tryKeyOf(stack, now[name])).toBe(200);
  }
  const { value = '', properties } = await stack.secrets.getSecret(secretName);
  const tag = properties.tags?.['CredentialId'];
  expect(['key1', 'key2']).toContain(tag);
  expect(value).toContain(now[tag as 'key1' | 'key2']);
  expect(await stack.status()).toMatchObject({ healthy: true });
}
