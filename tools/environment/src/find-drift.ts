import { collectDrift, type ResourceChange } from './engine-changes.ts';
import { type EnvironmentArgs, findStack } from './open-stack.ts';
import { runEngine } from './run-engine.ts';

/**
 * What was changed or deleted behind Pulumi's back: `upEnvironment` would put it right. Nothing is
 * changed, not even Pulumi's own record.
 */
export async function findDrift(args: EnvironmentArgs): Promise<ResourceChange[]> {
  const { stack, name } = await findStack(args);
  const { changes, onEvent } = collectDrift();
  await runEngine({
    what: `Looking for drift in ${name.name}`,
    report: undefined,
    run: (hooks) => stack.previewRefresh(hooks),
    onEvent,
  });
  return changes;
}
