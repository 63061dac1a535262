import { formatMoney, type Decision } from '@mispriced/core';
import type { ChangedDecision, DecisionOutcome, PreviewData } from '../preview-data.ts';

/**
 * What two runs made otherwise of the same listings: another decision, another amount or another
 * reason. A listing that only one of them had counts as changed. The order is that of `here`.
 */
export function compareDecisions(
  here: readonly Decision[],
  base: readonly Decision[],
): NonNullable<PreviewData['decisions']> {
  const before = new Map(base.map((decision) => [decision.id, decision]));
  const known = new Set(here.map(({ id }) => id));
  const both: ChangedDecision[] = [
    ...here.map((decision) => ({
      id: decision.id,
      here: outcomeOf(decision),
      base: outcomeOf(before.get(decision.id)),
    })),
    ...base
      .filter(({ id }) => !known.has(id))
      .map((decision) => ({ id: decision.id, here: null, base: outcomeOf(decision) })),
  ];
  const changed = both.filter((each) => !isSame(each.here, each.base));
  return { compared: both.length, same: both.length - changed.length, changed };
}

function outcomeOf(decision: Decision | undefined): DecisionOutcome | null {
  if (decision === undefined) return null;
  const { amount, reason, edge } = decision;
  return { decision: decision.decision, amount: formatMoney(amount), reason, edge };
}

function isSame(left: DecisionOutcome | null, right: DecisionOutcome | null): boolean {
  return (
    left?.decision === right?.decision &&
    left?.amount === right?.amount &&
    left?.reason === right?.reason
  );
}
