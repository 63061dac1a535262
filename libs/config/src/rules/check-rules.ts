import { invalid, type ConfigProblem } from '../problem.ts';
import type { MergedEntry } from '../layers/merge.ts';
import { whereToSet } from '../value-problems.ts';
import { knownKeys } from '../schema/keys.ts';
import type { Stage } from '../stage.ts';
import { azureRules } from './azure-rules.ts';
import { dataRules } from './data-rules.ts';
import { limitRules } from './limit-rules.ts';
import { liveRules } from './live-rules.ts';
import type { Finding } from './rule.ts';
import { venueRules } from './venue-rules.ts';

const rules = [...liveRules, ...venueRules, ...limitRules, ...azureRules, ...dataRules];

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
  values: ReadonlyMap<string, unknown>;
  merged: ReadonlyMap<string, MergedEntry>;
  stage: Stage;
}): ConfigProblem[] {
  const { values, merged, stage } = args;
  return rules
    .filter((rule) => rule.keys.every((key) => values.has(key)))
    .flatMap((rule) => rule.check(values, stage))
    .map((finding) => problemOf(finding, merged, stage));
}
