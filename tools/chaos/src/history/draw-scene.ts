import { answerKinds, bookingKinds, fillKinds, orderAnswerKinds } from '../market/conduct.ts';
import type { MarketProfile } from '../market/market-profile.ts';
import type { Chance } from '../random/chance.ts';
import type { HistoryPlan, PlannedInterruption, PlannedRun } from './history-plan.ts';

const hour = 3_600_000;

type Scene = (plan: HistoryPlan, chance: Chance) => HistoryPlan;

/** Courses of events in which so much must come together that chance alone would seldom bring it about. */
const scenes: readonly Scene[] = [
  closedWhileUnknown,
  closedWhileUnknown,
  foundAfterKill,
  shownTooLate,
  bookedInParts,
  closesBeforeOrders,
  renewsSlowly,
  takesOverAtMonthEnd,
  renewsSlowly,
  closesBeforeOrders,
  oddlyAnswered,
  oddlyAnswered,
  haltedWhileOrdering,
];

/** A prime, so that a scene does not always meet the same of the faults that come up in turn. */
const turns = 31;

/** Makes four histories in ten a scene, each in turn by the seed. */
export function drawScene(plan: HistoryPlan, chance: Chance): HistoryPlan {
  return scenes[plan.seed % turns]?.(plan, chance) ?? plan;
}

/** An order gets no answer, its run is killed before it learns more, and a person closes it. */
function closedWhileUnknown(plan: HistoryPlan, chance: Chance): HistoryPlan {
  const [run] = liveRuns(plan);
  if (run === undefined) return plan;
  return {
    ...quiet(plan),
    runs: [
      {
        ...run,
        ...inTime,
        interruptions: [killedAt(chance.pick(['POST', 'settling', 'settling']))],
      },
    ],
    operations: [
      {
        host: 'person-1',
        afterMilliseconds: run.afterMilliseconds + chance.integer(120_000, 2 * hour),
        deed: 'close',
        account: run.account,
      },
    ],
    conduct: inclinedTo(quiet(plan), { orderAnswers: { reset: 1 }, bookings: { never: 1 } }),
  };
}

/** A run is killed as its answer arrives, and later readings show that the market has rounded. */
function foundAfterKill(plan: HistoryPlan): HistoryPlan {
  const [run] = liveRuns(plan);
  if (run === undefined) return plan;
  // So that an order is not a multiple of what the market rounds to.
  const limits = { ...run.limits, ...ample, perOrder: '80.00', step: '10.00' };
  return {
    ...quiet(plan),
    runs: [{ ...run, ...inTime, limits, interruptions: [killedAt('POST')] }],
    operations: [],
    conduct: inclinedTo(quiet(plan), {
      orderAnswers: { own: 1 },
      bookings: { 'at-once': 1, 'in-parts': 0.2 },
      fills: { 'rounded-up': 1, partly: 0.3 },
    }),
  };
}

/** What was not answered is booked after the declared delay, once it was called refused. */
function shownTooLate(plan: HistoryPlan): HistoryPlan {
  return {
    ...plan,
    storage: null,
    conduct: inclinedTo(plan, {
      orderAnswers: { reset: 1, unavailable: 1, busy: 1 },
      bookings: { 'late-beyond': 1 },
      fills: { 'as-asked': 1, partly: 1, 'rounded-up': 0.5 },
    }),
  };
}

/** Orders are booked bit by bit; their run is killed, and the next reads the account in between. */
function bookedInParts(plan: HistoryPlan, chance: Chance): HistoryPlan {
  const [run, ...others] = liveRuns(plan);
  if (run === undefined) return plan;
  const first = { ...run, ...inTime, interruptions: [killedAt('POST')] };
  const again = {
    ...first,
    host: `${run.host}-again`,
    afterMilliseconds: run.afterMilliseconds + chance.integer(10_000, 110_000),
    interruptions: [],
  };
  const later = others.filter(({ slot }) => slot !== run.slot);
  return {
    ...quiet(plan),
    runs: [first, again, ...later],
    conduct: inclinedTo(quiet(plan), {
      orderAnswers: { reset: 1, 'other-amount': 1, silence: 0.5, own: 1 },
      bookings: { 'in-parts': 1 },
      fills: { 'as-asked': 1, partly: 0.5, 'rounded-up': 1 },
    }),
  };
}

/** A machine is suspended while the market is open, and awakes when it has closed. */
function closesBeforeOrders(plan: HistoryPlan, chance: Chance): HistoryPlan {
  const [run] = liveRuns(plan);
  if (run === undefined) return plan;
  const opens = new Date(Date.parse(plan.startsAt) + run.afterMilliseconds).getUTCHours();
  const suspended: PlannedInterruption = {
    ...chance.pick([
      { effect: 'market GET', occurrence: 4 },
      { effect: 'market POST', occurrence: 1 },
    ]),
    moment: 'before',
    interruption: {
      kind: 'freeze',
      milliseconds: chance.integer(2_100_000, 4_000_000),
      monotonic: 'stands-still',
      uptime: 'stands-still',
      wall: 'stands-still',
    },
  };
  return {
    ...quiet(plan),
    closedHour: (opens + 1) % 24,
    runs: [{ ...run, ...inTime, interruptions: [suspended] }],
    operations: [],
  };
}

/** What a market answers of its own that settles nothing, booked or not. */
function oddlyAnswered(plan: HistoryPlan): HistoryPlan {
  return {
    ...plan,
    storage: null,
    conduct: inclinedTo(plan, {
      orderAnswers: oddAnswers,
      bookings: { 'at-once': 1, never: 1 },
    }),
  };
}

const oddAnswers = {
  broken: 1,
  'too-many': 1.5,
  redirect: 1,
  'key-refused': 1.5,
  stalled: 0.8,
  'cut-off': 0.7,
  'refused-otherwise': 0.8,
};

/** A person halts trading while a run sends its orders one by one. */
function haltedWhileOrdering(plan: HistoryPlan, chance: Chance): HistoryPlan {
  const [run, ...others] = liveRuns(plan);
  if (run === undefined) return plan;
  const limits = { ...run.limits, ...ample, perOrder: '25.00', step: '25.00' };
  return {
    ...quiet(plan),
    runs: [{ ...run, ...inTime, limits, batchSize: 1, interruptions: [] }, ...others],
    operations: [
      {
        host: 'person-1',
        afterMilliseconds: run.afterMilliseconds + chance.integer(5_000, 15_000),
        deed: 'halt',
        account: run.account,
      },
    ],
    conduct: inclinedTo(quiet(plan), { orderAnswers: { own: 1 }, bookings: { 'at-once': 1 } }),
  };
}

/** Each renewal of a lease is under way for long, while a run waits for evidence of its orders. */
function renewsSlowly(plan: HistoryPlan, chance: Chance): HistoryPlan {
  const [run] = liveRuns(plan);
  if (run === undefined) return plan;
  const thereMilliseconds = chance.integer(20_000, 45_000);
  return {
    ...quiet(plan),
    operations: [],
    runs: [{ ...run, ...inTime, batchSize: 10, interruptions: [] }],
    storageFaults: [
      {
        fault: { kind: 'slow', thereMilliseconds, backMilliseconds: 1 },
        where: { operation: 'renew-lease' },
        // About then its orders have left, and the end of their attempt is written down.
        after: chance.pick([8, 9, 9, 9, 10]),
        times: 10_000,
      },
    ],
    conduct: inclinedTo(quiet(plan), { orderAnswers: { reset: 1 }, bookings: { never: 1 } }),
  };
}

/**
 * A run of December has ended an earlier one, and stands still just before it writes down its orders;
 * in January a person takes the lease to reconcile, who ends no run.
 */
function takesOverAtMonthEnd(plan: HistoryPlan, chance: Chance): HistoryPlan {
  const [run] = liveRuns(plan);
  if (run === undefined) return plan;
  const startsAt = '2010-12-31T23:25:03.000Z';
  const at = (host: string, afterMilliseconds: number): PlannedRun => ({
    ...run,
    ...inTime,
    host,
    afterMilliseconds,
    slot: new Date(Date.parse(startsAt) + afterMilliseconds).toISOString(),
    limits: { ...run.limits, ...ample },
    interruptions: [],
  });
  const killed = {
    effect: 'market GET',
    occurrence: 2,
    moment: 'before',
    interruption: { kind: 'kill' },
  } as const;
  // It takes the lease, begins, and ends the other.
  const frozen = {
    effect: 'storage append-block',
    occurrence: 4,
    moment: 'before',
    interruption: {
      kind: 'freeze',
      milliseconds: chance.integer(hour, 2 * hour),
      monotonic: 'stands-still',
      uptime: 'stands-still',
      wall: chance.pick(['runs', 'stands-still'] as const),
    },
  } as const;
  return {
    ...quiet(plan),
    startsAt,
    person: [],
    operations: [
      { host: 'january', afterMilliseconds: hour, deed: 'reconcile', account: run.account },
    ],
    runs: [
      { ...at('ended', 0), interruptions: [killed] },
      { ...at('frozen', 900_000), interruptions: [frozen] },
    ],
  };
}

/** As the answer to its first orders arrives, or before it reads what became of them. */
function killedAt(where: 'POST' | 'settling'): PlannedInterruption {
  const interruption = { kind: 'kill' } as const;
  return where === 'POST'
    ? { effect: 'market POST', occurrence: 1, moment: 'after', interruption }
    : { effect: 'market GET', occurrence: 5, moment: 'before', interruption };
}

const inTime = { wallOffsetMilliseconds: 0, latePolicy: 'run', cashLimit: null } as const;

const ample = { perRun: '200.00', perDay: '200.00', perMonth: '31000.00', perGroup: '1000.00' };

function liveRuns({ runs }: HistoryPlan): readonly PlannedRun[] {
  return runs.filter(({ mode }) => mode === 'live');
}

/** Without what would keep a run from its orders. */
function quiet(plan: HistoryPlan): HistoryPlan {
  const { conduct } = plan;
  return {
    ...plan,
    cash: '1000.00',
    storage: null,
    storageFaults: [],
    firstLedger: null,
    closedHour: null,
    conduct:
      conduct.kind === 'written'
        ? conduct
        : { ...conduct, profile: { ...conduct.profile, readAnswers: readable } },
  };
}

const readable = { ...none(answerKinds), own: 1 };

type Inclinations = {
  readonly [Part in 'orderAnswers' | 'bookings' | 'fills']?: Partial<MarketProfile[Part]>;
};

/** A market that does to orders these things alone. */
function inclinedTo(plan: HistoryPlan, inclinations: Inclinations): HistoryPlan['conduct'] {
  if (plan.conduct.kind === 'written') return plan.conduct;
  const { profile } = plan.conduct;
  const { orderAnswers, bookings, fills } = inclinations;
  return {
    kind: 'drawn',
    profile: {
      ...profile,
      ...(orderAnswers && { orderAnswers: { ...none(orderAnswerKinds), ...orderAnswers } }),
      ...(bookings && { bookings: { ...none(bookingKinds), ...bookings } }),
      ...(fills && { fills: { ...none(fillKinds), ...fills } }),
    },
  };
}

function none<Kind extends string>(kinds: readonly Kind[]): Record<Kind, number> {
  return Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>;
}
