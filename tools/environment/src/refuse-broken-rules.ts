import { fileURLToPath } from 'node:url';
import { MispricedError } from '@mispriced/core';
import { type Finding, findingsOf } from '@mispriced/infra/policy';
import { declaredResources } from './declared-resources.ts';
import type { ConfiguredStack } from './open-stack.ts';

const workspace = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Holds what the project's program declares for a stack against every rule, before the engine makes
 * any of it: the engine cannot always load a policy pack, and of a plan a rule sees only what is known
 * by then.
 *
 * @throws MispricedError POLICY_REFUSED with every finding.
 */
export async function refuseBrokenRules({ name, config }: ConfiguredStack): Promise<void> {
  const findings = await findingsIn(name.name, config);
  if (findings.length > 0) throw policyRefusal(name.name, findings);
}

/** What was found in this process, by stack, settings and day: its program stays as it is. */
const found = new Map<string, Promise<Finding[]>>();

function findingsIn(
  stackName: string,
  config: Readonly<Record<string, string>>,
): Promise<Finding[]> {
  const settings = Object.entries(config).sort(([one], [other]) => (one < other ? -1 : 1));
  const day = new Date().toISOString().slice(0, 10);
  const key = JSON.stringify([stackName, settings, day]);
  const known = found.get(key);
  if (known !== undefined) return known;
  const looked = declaredResources(workspace, stackName, config).then((declared) =>
    findingsOf(stackName, declared),
  );
  found.set(key, looked);
  looked.catch(() => found.delete(key));
  return looked;
}

/** What is said where a stack breaks rules, each with the resource and the property. */
export function policyRefusal(stackName: string, findings: readonly Finding[]): MispricedError {
  const lines = findings.map(({ rule, resource, message }) => `  ${rule}, ${resource}: ${message}`);
  return new MispricedError({
    code: 'POLICY_REFUSED',
    message: `The plan of ${stackName} breaks rules; nothing was made.\n${lines.join('\n')}`,
    fix: 'Change the program under infra/ so that every rule is kept.',
  });
}
