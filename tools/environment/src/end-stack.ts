import { MispricedError } from '@mispriced/core';
import type { Deployment } from '@pulumi/pulumi/automation/workspace.js';
import { type EnvironmentArgs, findStack, type OpenStack } from './open-stack.ts';
import { runEngine } from './run-engine.ts';
import { locksIn, type StackLock } from './stack-lock.ts';

/** A stack that is to end, in whatever state it was left. */
export interface EndStackArgs extends EnvironmentArgs {
  /** Whether whoever holds this lock is surely no longer at work. */
  isStale: (lock: StackLock) => boolean;
}

/**
 * Destroys what Pulumi knows of a preview that may have been left halfway: a lock of somebody who is
 * gone is lifted, and what was never seen to be finished is forgotten, for whoever calls this looks
 * into the cloud itself afterwards. The record stays until `forgetStack`.
 *
 * @returns Null where there is no such stack, or all that it knew of is gone; else why something
 * could not be destroyed.
 * @throws MispricedError ENVIRONMENT_REFUSED where somebody is at work in it, or it is no preview.
 */
export async function endStack(args: EndStackArgs): Promise<MispricedError | null> {
  const open = await findPreview(args);
  if (open === null) return null;
  try {
    await forgetUnfinished(open);
    await destroy(args, open);
  } catch (error) {
    const locks = locksIn(error);
    if (locks.length === 0) return asFailure(error, open);
    const alive = locks.find((lock) => !args.isStale(lock));
    if (alive !== undefined) throw atWork(open, alive);
    args.report?.(`lifting the lock that ${locks[0]?.holder ?? 'somebody'} left`);
    await open.stack.cancel();
    try {
      await forgetUnfinished(open);
      await destroy(args, open);
    } catch (again) {
      return asFailure(again, open);
    }
  }
  return null;
}

/** Takes a preview out of Pulumi's record, and its settings with it, whatever it still lists. */
export async function forgetStack(args: EnvironmentArgs): Promise<void> {
  const open = await findPreview(args);
  await open?.stack.workspace.removeStack(open.name.name, { force: true });
}

async function findPreview(args: EnvironmentArgs): Promise<OpenStack | null> {
  let open: OpenStack;
  try {
    open = await findStack(args);
  } catch (error) {
    if (error instanceof MispricedError && error.code === 'ENVIRONMENT_REFUSED') return null;
    throw error;
  }
  if (open.name.kind === 'preview') return open;
  throw new MispricedError({
    code: 'ENVIRONMENT_REFUSED',
    message: `${open.name.name} is no preview, and only previews are taken away with all they keep.`,
    fix: `See npx mispriced destroy --stack ${open.name.name}.`,
  });
}

/** An operation that was killed stands in the state as pending, and the engine stumbles over it. */
async function forgetUnfinished({ stack }: OpenStack): Promise<void> {
  const state = await stack.exportStack();
  const deployment = state.deployment as Record<string, unknown> | undefined;
  const pending = deployment?.['pending_operations'];
  if (!Array.isArray(pending) || pending.length === 0) return;
  const finished: Deployment = { ...state, deployment: { ...deployment, pending_operations: [] } };
  await stack.importStack(finished);
}

async function destroy(args: EndStackArgs, { name, stack }: OpenStack): Promise<void> {
  await runEngine({
    what: `Destroying ${name.name}`,
    report: args.report,
    run: (hooks) => stack.destroy(hooks),
  });
}

function asFailure(error: unknown, { name }: OpenStack): MispricedError {
  if (error instanceof MispricedError) return error;
  return new MispricedError({
    code: 'ENVIRONMENT_FAILED',
    message: `Ending ${name.name} did not succeed: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'Run the same command again.',
    cause: error,
  });
}

function atWork({ name }: OpenStack, { holder, since }: StackLock): MispricedError {
  return new MispricedError({
    code: 'ENVIRONMENT_REFUSED',
    message: `${holder} is at work in ${name.name} since ${since.toISOString()}.`,
    fix: 'Wait until that has ended. If it was killed: cd infra && pulumi cancel, then try again.',
    retryable: true,
  });
}
