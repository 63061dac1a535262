import type { HistoryPlan, PlannedInterruption, PlannedRun } from '../history/history-plan.ts';

const slot = '2010-12-15T15:25:03.000Z';

/** A live run of the history's first slot, with a limit of 100 dollars, 25 an order. */
export function plannedRun(changes: Partial<PlannedRun> = {}): PlannedRun {
  return {
    host: 'first',
    afterMilliseconds: 0,
    slot,
    strategy: 'lending',
    account: 'main',
    mode: 'live',
    limits: {
      perOrder: '25.00',
      perRun: '100.00',
      perDay: '100.00',
      perMonth: '31000.00',
      perGroup: '1000.00',
      step: '25.00',
    },
    batchSize: 10,
    cashLimit: null,
    latePolicy: 'run',
    wallOffsetMilliseconds: 0,
    interruptions: [],
    ...changes,
  };
}

/** A history in which all is calm but what is changed. */
export function plannedHistory(changes: Partial<HistoryPlan> = {}): HistoryPlan {
  return {
    seed: 1,
    startsAt: slot,
    loans: 20,
    cash: '1000.00',
    requestsPerSecond: 1,
    closedHour: null,
    releaseAfterHours: 24,
    firstLedger: null,
    conduct: { kind: 'written', orders: [{}], fill: {}, read: {} },
    person: [],
    storage: null,
    storageFaults: [],
    runs: [plannedRun()],
    operations: [],
    ...changes,
  };
}

/** A machine that stands still just before its first order leaves, and does not notice. */
export function frozenBeforeOrder(seconds: number): PlannedInterruption {
  return {
    effect: 'market POST',
    occurrence: 1,
    moment: 'before',
    interruption: {
      kind: 'freeze',
      milliseconds: seconds * 1000,
      monotonic: 'stands-still',
      uptime: 'stands-still',
    },
  };
}

/** A host that is killed as the answer to its first order arrives. */
export const killedAfterOrder: PlannedInterruption = {
  effect: 'market POST',
  occurrence: 1,
  moment: 'after',
  interruption: { kind: 'kill' },
};
