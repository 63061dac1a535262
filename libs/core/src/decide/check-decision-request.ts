import { MispricedError } from '../domain/errors.ts';
import type { DecisionLimits } from '../domain/decision-limits.ts';
import type { Money } from '../domain/money.ts';
import type { ScoredListing } from '../domain/scored-listing.ts';
import type { DecisionRequest } from './decision-request.ts';

const problemsShown = 10;

/**
 * Refuses a request that no safe decision can be made of.
 *
 * @throws MispricedError `CONFIG_INVALID` or `DATA_INVALID`, with every problem at once.
 */
export function checkDecisionRequest(request: DecisionRequest): void {
  const wrongSettings = settingsProblems(request);
  if (wrongSettings.length > 0) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: ['Nothing was decided: the limits make no sense:', ...wrongSettings].join('\n'),
      fix: 'Mend each value named above in config/<stage>.yaml, or in the options of the run.',
    });
  }
  const wrongRows = [...request.scored.flatMap(rowProblems), ...repeatedIds(request.scored)];
  if (wrongRows.length > 0) {
    const more = wrongRows.length - problemsShown;
    const shown = wrongRows.slice(0, problemsShown);
    if (more > 0) shown.push(`  and ${more} more`);
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: ['Nothing was decided: scored securities are not sound:', ...shown].join('\n'),
      fix: 'Compare the listings as received (in the archive of the run) with the model that scored them.',
    });
  }
}

function settingsProblems(request: DecisionRequest): string[] {
  const { limits, threshold, cash } = request;
  const problems: string[] = [];
  if (!Number.isFinite(threshold)) problems.push(`  threshold: ${threshold} is not a number`);
  if (!cash.isFinite()) problems.push(`  cash: ${cash.toString()} is not an amount`);
  if (!isShare(limits.listingShare)) {
    problems.push(`  listingShare: ${JSON.stringify(limits.listingShare)} is not between 0 and 1`);
  }
  for (const [name, amount] of namedAmounts(limits, request)) {
    if (!(amount.isFinite() && amount.greaterThanOrEqualTo(0))) {
      problems.push(`  ${name}: ${amount.toString()} is not an amount of 0 or more`);
    }
  }
  if (limits.step.isZero()) problems.push('  step: 0 is not a step');
  return problems;
}

function namedAmounts(limits: DecisionLimits, request: DecisionRequest): [string, Money][] {
  const { perGroup, perOrder, perRun, minimumOrder, step } = limits;
  const amounts = Object.entries({ perOrder, perRun, minimumOrder, step });
  if (perGroup?.default) amounts.push(['perGroup.default', perGroup.default]);
  for (const [group, amount] of Object.entries(perGroup?.byGroup ?? {})) {
    amounts.push([`perGroup.byGroup.${group}`, amount]);
  }
  for (const [group, amount] of request.spentByGroup ?? []) {
    amounts.push([`spentByGroup ${group}`, amount]);
  }
  if (request.spentInRun) amounts.push(['spentInRun', request.spentInRun]);
  return amounts;
}

function isShare(text: string): boolean {
  return /^\d+(\.\d+)?$/.test(text) && Number(text) <= 1;
}

function rowProblems(listing: ScoredListing): string[] {
  const problems: string[] = [];
  for (const name of ['q', 'r'] as const) {
    const probability = listing[name];
    if (!(probability >= 0 && probability <= 1)) {
      problems.push(`  ${listing.id}: ${name} is ${probability}, which is no probability`);
    }
  }
  for (const name of ['amount', 'remaining'] as const) {
    if (listing[name].isFinite()) continue;
    problems.push(`  ${listing.id}: ${name} is ${listing[name].toString()}, which is no amount`);
  }
  return problems;
}

function repeatedIds(scored: readonly ScoredListing[]): string[] {
  const byId = Map.groupBy(scored, ({ id }) => id);
  return [...byId]
    .filter(([, rows]) => rows.length > 1)
    .map(([id, rows]) => `  ${id}: scored ${rows.length} times; which of them is on offer?`);
}
