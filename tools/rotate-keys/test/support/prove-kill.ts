import { expect } from 'vitest';
import type { RotationOptions } from '../../src/index.ts';
import { expectRotated } from './expect-rotated.ts';
import type { KeyStack } from './key-stack.ts';
import { type KillPoint, rotateInProcess } from './kill-rotation.ts';

/**
 * Ends a rotation at a moment, gives the command again, and sees that both keys are new and in order.
 *
 * @param waits Whether the second call waits until the lease of the first lapses, instead of finding
 * it broken.
 */
export async function proveKill(
  stack: KeyStack,
  point: KillPoint,
  more: { waits?: boolean; options?: Partial<RotationOptions> } = {},
): Promise<void> {
  const before = await stack.keys();
  const { killed } = await rotateInProcess(stack, point, more.options);
  expect(killed).toBe(true);
  // Nothing that was running is without a key meanwhile.
  await stack.untilWell();
  if (more.waits !== true) await stack.breakLock();
  const result = await stack.rotate(more.options);
  expect(result.accounts.map(({ status }) => status)).toEqual(['rotated']);
  await expectRotated(stack, before);
}
