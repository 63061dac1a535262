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
  const declared = await declaredResources(workspace, name.name, config);
  const findings = findingsOf(name.name, declared);
  if (findings.length > 0) throw policyRefusal(name.name, findings);
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
