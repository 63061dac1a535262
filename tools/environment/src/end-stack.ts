import { MispricedError } from '@mispriced/core';
import { type EnvironmentArgs, findStack, type OpenStack } from './open-stack.ts';
import { forgetUnfinished, type LeftStackArgs, overStaleLock } from './over-stale-lock.ts';
import { removeRecord } from './remove-record.ts';
import { runEngine } from './run-engine.ts';

/**
 * Destroys what Pulumi knows of a preview that may have been left halfway: a lock of somebody who is
 * gone is lifted, and what was never seen to be finished is forgotten, for whoever calls this looks
 * into the cloud itself afterwards. The record stays until `forgetStack`.
 *
 * @returns Null where there is no such stack, or all that it knew of is gone; else why something
 * could not be destroyed.
 * @throws MispricedError ENVIRONMENT_REFUSED where somebody is at work in it, or it is no preview.
 */
export async function endStack(args: LeftStackArgs): Promise<MispricedError | null> {
  const open = await findPreview(args);
  if (open === null) return null;
  try {
    await overStaleLock(args, async () => {
      await forgetUnfinished(open);
      await destroy(args, open);
    });
    return null;
  } catch (error) {
    const failure = asFailure(error, open);
    if (failure.code === 'ENVIRONMENT_REFUSED') throw failure;
    return failure;
  }
}

/** Takes a preview out of Pulumi's record, and its settings with it, whatever it still lists. */
export async function forgetStack(args: EnvironmentArgs): Promise<void> {
  const open = await findPreview(args);
  if (open !== null) await removeRecord(open, { force: true });
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

async function destroy(args: EnvironmentArgs, { name, stack }: OpenStack): Promise<void> {
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
