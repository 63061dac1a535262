import type { HistoryPlan } from './history-plan.ts';

/**
 * Takes parts of a history away, one by one, as long as it stays bad. What is drawn from the seed by
 * name stays as it was.
 *
 * @param isBad plays a smaller history and says whether it breaks the same promise
 * @param mostTries histories that are played at most
 */
export async function shrinkHistory(
  plan: HistoryPlan,
  isBad: (smaller: HistoryPlan) => Promise<boolean>,
  mostTries = 200,
): Promise<HistoryPlan> {
  let best = plan;
  let tries = 0;
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const smaller of smallerThan(best)) {
      tries += 1;
      if (tries > mostTries) return best;
      if (!(await isBad(smaller))) continue;
      best = smaller;
      isSmaller = true;
      break;
    }
  }
  return best;
}

/** Every history with one part less, the largest parts first. */
function* smallerThan(plan: HistoryPlan): Generator<HistoryPlan> {
  for (const index of plan.runs.keys()) yield { ...plan, runs: without(plan.runs, index) };
  if (plan.firstLedger !== null) yield { ...plan, firstLedger: null };
  if (plan.closedHour !== null) yield { ...plan, closedHour: null };
  if (plan.storage !== null) yield { ...plan, storage: null };
  for (const index of plan.operations.keys())
    yield { ...plan, operations: without(plan.operations, index) };
  for (const index of plan.person.keys()) yield { ...plan, person: without(plan.person, index) };
  for (const index of plan.storageFaults.keys())
    yield { ...plan, storageFaults: without(plan.storageFaults, index) };
  for (const [index, run] of plan.runs.entries()) {
    const withRun = (smaller: typeof run): HistoryPlan => ({
      ...plan,
      runs: plan.runs.with(index, smaller),
    });
    for (const at of run.interruptions.keys())
      yield withRun({ ...run, interruptions: without(run.interruptions, at) });
    if (run.cashLimit !== null) yield withRun({ ...run, cashLimit: null });
    if (run.latePolicy !== 'run') yield withRun({ ...run, latePolicy: 'run' });
    if (run.wallOffsetMilliseconds !== 0) yield withRun({ ...run, wallOffsetMilliseconds: 0 });
  }
}

function without<Part>(parts: readonly Part[], index: number): readonly Part[] {
  return parts.filter((_, position) => position !== index);
}
