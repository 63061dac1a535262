import { expect } from 'vitest';
import type { RotationOptions } from '../../src/index.ts';
import { expectRotated } from './expect-rotated.ts';
import type { KeyStack } from './key-stack.ts';
import { type KillPoint, rotateInProcess } from './kill-rotation.ts';

/** How a call is killed, and what the next one has to bring about. */
export interface KillCase {
  readonly options?: Partial<RotationOptions>;
  /** Makes all as it is to be before the call that is killed. */
  readonly prepare?: () => Promise<void>;
  /** Ends what `prepare` began, before the next call. */
  readonly clear?: () => void;
  /** Whether the next call waits until the lease of the first lapses, instead of finding it broken. */
  readonly waits?: boolean;
  /** Whether nothing worked before, so that nothing need work between the two calls. */
  readonly isDown?: boolean;
}

/**
 * Ends a call at a moment, gives the command again, and sees that both keys are new and in order, or
 * that what was broken is mended.
 */
export async function proveKill(
  stack: KeyStack,
  point: KillPoint,
  how: KillCase = {},
): Promise<void> {
  await how.prepare?.();
  const before = await stack.keys();
  const { killed } = await rotateInProcess(stack, point, how.options);
  expect(killed).toBe(true);
  how.clear?.();
  // Nothing that was running is without a key meanwhile.
  if (how.isDown !== true) await stack.untilWell();
  if (how.waits !== true) await stack.breakLock();
  const result = await stack.rotate(how.options);
  const ended = new Set(result.accounts.map(({ status }) => status));
  if (how.options?.repair === true) {
    expect(['repaired', 'sound']).toContain([...ended][0]);
    // A restart that the killed call brought about may come after the last that was waited for.
    await stack.untilWell();
    expect(await stack.keys()).toEqual(before);
    return;
  }
  expect([...ended]).toEqual(['rotated']);
  await expectRotated(stack, before);
}

/** The effects of a call that is not killed, in their order; it may fail. */
async function effectsOf(stack: KeyStack, how: KillCase): Promise<readonly string[]> {
  await how.prepare?.();
  const { effects } = await rotateInProcess(stack, null, how.options);
  how.clear?.();
  await stack.untilWell();
  return effects;
}

/** Kills at each of some effects of a call, before and after it, and says how often. */
export async function proveKills(
  stack: KeyStack,
  how: KillCase,
  choose: (effects: readonly string[]) => readonly number[],
): Promise<number> {
  const places = choose(await effectsOf(stack, how));
  expect(places.length).toBeGreaterThan(0);
  for (const when of ['before', 'after'] as const) {
    for (const index of places) await proveKill(stack, { at: index + 1, when }, how);
  }
  return 2 * places.length;
}
