import { collectPlan, type PlannedResource, type ResourceChange } from './engine-changes.ts';
import { checkSettings, type EnvironmentArgs, openStack } from './open-stack.ts';
import { runEngine } from './run-engine.ts';

/** What `upEnvironment` would do, and everything that would be there afterwards. */
export interface EnvironmentPlan {
  changes: ResourceChange[];
  resources: PlannedResource[];
}

/** Plans what `upEnvironment` would do. Nothing is made, changed or deleted. */
export async function planEnvironment(args: EnvironmentArgs): Promise<EnvironmentPlan> {
  const open = await openStack(args);
  checkSettings(open, args.cloud);
  const { changes, resources, onEvent } = collectPlan();
  await runEngine({
    what: `Previewing ${open.name.name}`,
    report: args.report,
    run: (hooks) => open.stack.preview(hooks),
    onEvent,
  });
  return { changes, resources };
}

/** What `upEnvironment` would do. */
export async function previewChanges(args: EnvironmentArgs): Promise<ResourceChange[]> {
  return (await planEnvironment(args)).changes;
}
