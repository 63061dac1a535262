import type { OpMap } from '@pulumi/pulumi/automation/stack.js';
import { collectPlan, type ResourceChange } from './engine-changes.ts';
import { checkSettings, type EnvironmentArgs, openStack } from './open-stack.ts';
import { plainOutputs } from './plain-outputs.ts';
import { refuseBrokenRules } from './refuse-broken-rules.ts';
import { runEngine } from './run-engine.ts';

/** What an update did, by kind of step, and what the environment now gives out. */
export interface UpResult {
  changes: OpMap;
  /** What was done to each resource that did not stay as it was. */
  steps: ResourceChange[];
  outputs: Record<string, unknown>;
}

/**
 * Makes an environment what its settings say, whatever was changed in it by hand since. May be run
 * again at any time, and completes what an earlier run left half-done. In Azure the caller needs two
 * roles in the subscription: Contributor, and Role Based Access Control Administrator.
 *
 * @throws MispricedError CONFIG_INVALID, POLICY_REFUSED before anything is made; ENVIRONMENT_FAILED
 * afterwards.
 */
export async function upEnvironment(args: EnvironmentArgs): Promise<UpResult> {
  const open = await openStack(args);
  await checkSettings(open, args.cloud);
  // What a caller declares by itself is not the project's, which the rules are about.
  if (args.program === undefined) await refuseBrokenRules(open);
  const { changes: steps, onEvent } = collectPlan();
  const result = await runEngine({
    what: `Bringing up ${open.name.name}`,
    report: args.report,
    run: (hooks) => open.stack.up({ ...hooks, refresh: true, showSecrets: false }),
    onEvent,
  });
  return {
    changes: result.summary.resourceChanges ?? {},
    steps,
    outputs: plainOutputs(result.outputs),
  };
}
