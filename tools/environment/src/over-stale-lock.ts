import { MispricedError } from '@mispriced/core';
import type { Deployment } from '@pulumi/pulumi/automation/workspace.js';
import { type EnvironmentArgs, findStack, type OpenStack } from './open-stack.ts';
import { locksIn, type StackLock } from './stack-lock.ts';

/** A stack that may have been left in any state. */
export interface LeftStackArgs extends EnvironmentArgs {
  /** Whether whoever holds this lock is surely no longer at work. */
  isStale: (lock: StackLock) => boolean;
}

/**
 * Does some work on a stack. Where a lock is in its way that a killed run left, it is lifted, what that
 * run was never seen to finish is forgotten, and the work is done again.
 *
 * @throws MispricedError ENVIRONMENT_REFUSED where somebody is at work in it; else what the work throws.
 */
export async function overStaleLock<Result>(
  args: LeftStackArgs,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const locks = locksIn(error);
    if (locks.length === 0) throw error;
    const alive = locks.find((lock) => !args.isStale(lock));
    if (alive !== undefined) throw atWork(args, alive);
    args.report?.(`lifting the lock that ${locks[0]?.holder ?? 'somebody'} left`);
    const open = await findStack(args);
    await open.stack.cancel();
    await forgetUnfinished(open);
    return work();
  }
}

/** An operation that was killed stands in the state as pending, and the engine stumbles over it. */
export async function forgetUnfinished({ stack }: OpenStack): Promise<void> {
  const state = await stack.exportStack();
  const deployment = state.deployment as Record<string, unknown> | undefined;
  const pending = deployment?.['pending_operations'];
  if (!Array.isArray(pending) || pending.length === 0) return;
  const finished: Deployment = { ...state, deployment: { ...deployment, pending_operations: [] } };
  await stack.importStack(finished);
}

function atWork({ stackName }: EnvironmentArgs, { holder, since }: StackLock): MispricedError {
  return new MispricedError({
    code: 'ENVIRONMENT_REFUSED',
    message: `${holder} is at work in ${stackName} since ${since.toISOString()}.`,
    fix: 'Wait until that has ended. If it was killed: cd infra && pulumi cancel, then try again.',
    retryable: true,
  });
}
