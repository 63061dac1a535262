import type { HistoryPlan, PlannedInterruption } from './history-plan.ts';

/** A history for people, one line for each part of it. */
export function describeHistory(plan: HistoryPlan): string {
  const { conduct } = plan;
  const market = conduct.kind === 'written' ? conduct : nonZero(conduct.profile);
  return [
    `seed ${plan.seed}, from ${plan.startsAt}, ${plan.loans} loans, ${plan.cash} dollars`,
    `market: ${JSON.stringify(market)}`,
    ...(plan.closedHour === null ? [] : [`market: closed from ${plan.closedHour} o'clock UTC`]),
    `orders nobody saw end are released after ${plan.releaseAfterHours} hours`,
    ...(plan.firstLedger === null
      ? []
      : [`left by version 0.1.0: ${JSON.stringify(plan.firstLedger)}`]),
    `storage: ${plan.storage === null ? 'calm' : JSON.stringify(plan.storage)}`,
    ...plan.storageFaults.map((fault) => `storage: ${JSON.stringify(fault)}`),
    ...plan.runs.map(
      (run) =>
        `${seconds(run.afterMilliseconds)} ${run.host}: ${run.mode} ${run.strategy} of ${run.account}, slot ${run.slot}, batches of ${run.batchSize}, limits ${JSON.stringify(run.limits)}, cash limit ${run.cashLimit ?? 'none'}, late: ${run.latePolicy}, clock ${seconds(run.wallOffsetMilliseconds)}${run.interruptions.map(describeInterruption).join('')}`,
    ),
    ...plan.operations.map(
      ({ afterMilliseconds, host, deed, account }) =>
        `${seconds(afterMilliseconds)} ${host}: ${deed} ${account}`,
    ),
    ...plan.person.map((each) => `${seconds(each.atMilliseconds)} owner: ${JSON.stringify(each)}`),
  ].join('\n');
}

function describeInterruption(planned: PlannedInterruption): string {
  const { moment, occurrence, effect, interruption } = planned;
  const what = effect === '' ? 'effect' : effect;
  return `\n    ${moment} ${what} ${occurrence}: ${JSON.stringify(interruption)}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(3)} s`;
}

function nonZero(value: object): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, inner: unknown) => (inner === 0 ? undefined : inner)),
  );
}
