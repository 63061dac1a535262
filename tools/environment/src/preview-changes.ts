import { collectPlan, type ResourceChange } from './engine-changes.ts';
import { checkSettings, type EnvironmentArgs, openStack } from './open-stack.ts';
import { runEngine } from './run-engine.ts';

/** What `upEnvironment` would do. Nothing is made, changed or deleted. */
export async function previewChanges(args: EnvironmentArgs): Promise<ResourceChange[]> {
  const open = await openStack(args);
  await checkSettings(open, args.cloud);
  const { changes, onEvent } = collectPlan();
  await runEngine({
    what: `Previewing ${open.name.name}`,
    report: args.report,
    run: (hooks) => open.stack.preview(hooks),
    onEvent,
  });
  return changes;
}
