import { invalid, type ConfigProblem } from '../problem.ts';
import type { MergedEntry } from '../layers/raw-layer.ts';
import { knownKeys } from '../schema/config-schema.ts';
import type { Stage } from '../stage.ts';
import { whereToSet } from '../value-problems.ts';
import type { Finding, Rule } from './rule.ts';

function problemOf(
  finding: Finding,
  merged: ReadonlyMap<string, MergedEntry>,
  stage: Stage,
): ConfigProblem {
  const known = knownKeys.get(finding.key);
  return invalid({
    key: finding.key,
    source: merged.get(finding.key)?.source ?? null,
    message: finding.message,
    fix: finding.fix ?? (known ? whereToSet(known, stage) : 'Set it.'),
  });
}

/**
 * Applies every rule whose keys are sound.
 *
 * @param args.values Checked values by key. A key that is wrong already, or that could not be read, is
 *   absent, and the rules on it wait.
 */
export function checkRules(args: {
  rules: readonly Rule[];
  values: ReadonlyMap<string, unknown>;
  merged: ReadonlyMap<string, MergedEntry>;
  stage: Stage;
}): ConfigProblem[] {
  const { rules, values, merged, stage } = args;
  return rules
    .filter((rule) => rule.keys.every((key) => values.has(key)))
    .flatMap((rule) => rule.check(values, stage))
    .map((finding) => problemOf(finding, merged, stage));
}
