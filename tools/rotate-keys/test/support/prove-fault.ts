import type { RotationOptions } from '../../src/index.ts';
import type { Fault } from '@mispriced/local-cloud';
import { expect } from 'vitest';
import { expectRotated } from './expect-rotated.ts';
import { type KeyStack, secretName } from './key-stack.ts';

/** How a rotation that met a fault ended, by what is there and by what it said. */
export type FaultEnd = 'rotated' | 'as before' | 'refused' | 'unfinished';

/**
 * Rotates while something goes wrong, and sees that what it says is so: all rotated, or all as before.
 * Once the fault is over, the next call rotates.
 */
export async function proveFault(
  stack: KeyStack,
  faults: readonly Fault[],
  options: Partial<RotationOptions> = {},
): Promise<{ ended: FaultEnd; words: string }> {
  const before = await stack.keys();
  const held = await heldKey(stack);
  stack.cloud.setFaults(faults);
  const outcome = await stack.rotate(options).then(
    (result) => ({ result }),
    (error: unknown) => ({ error: error as { code: string; message: string } }),
  );
  stack.cloud.setFaults([]);
  // Only where it says that it stopped on its way may the app be without its key.
  const words = 'error' in outcome ? outcome.error.message : '';
  if (!words.includes('not finished')) await stack.untilWell();
  if ('result' in outcome) {
    await expectRotated(stack, before);
    return { ended: 'rotated', words };
  }
  const { code } = outcome.error;
  expect([
    'ROTATION_UNDONE',
    'ROTATION_UNFINISHED',
    'CREDENTIAL_REFUSED',
    'DEPLOYMENT_FAILED',
    'KEYS_BROKEN',
    'ROTATION_REFUSED',
    'STORE_UNAVAILABLE',
    'ENVIRONMENT_MISSING',
    'ROTATION_BUSY',
  ]).toContain(code);
  if (code !== 'ROTATION_UNFINISHED') {
    // What was in use is in use still, and lives.
    const now = await stack.keys();
    expect(await heldKey(stack)).toBe(held);
    expect(now[held]).toBe(before[held]);
  }
  const keys = await stack.keys();
  const next = await stack.rotate();
  expect(next.accounts).toMatchObject([{ status: 'rotated' }]);
  if (code !== 'ROTATION_UNFINISHED') await expectRotated(stack, keys);
  if (code === 'ROTATION_UNDONE') return { ended: 'as before', words };
  return { ended: code === 'ROTATION_UNFINISHED' ? 'unfinished' : 'refused', words };
}

async function heldKey({ secrets }: KeyStack): Promise<'key1' | 'key2'> {
  const { properties } = await secrets.getSecret(secretName);
  return properties.tags?.['CredentialId'] === 'key2' ? 'key2' : 'key1';
}
