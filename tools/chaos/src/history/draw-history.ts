import { drawMarketProfile, type MarketProfile } from '../market/market-profile.ts';
import { drawPersonActions } from '../market/person.ts';
import { chanceOf, type Chance } from '../random/chance.ts';
import { faultKinds, type StorageProfile } from '../storage/index.ts';
import { drawFocus } from './draw-focus.ts';
import { drawInterruptions } from './draw-interruptions.ts';
import { drawFirstLedger } from './draw-first-ledger.ts';
import { drawOperations } from './draw-operations.ts';
import { drawScene } from './draw-scene.ts';
import type { HistoryPlan, PlannedLimits, PlannedRun } from './history-plan.ts';

const day = 86_400_000;
/** So that the third day of a history is in another month, or the second slot of the first. */
const beginnings = ['2010-12-30T15:25:03.000Z', '2010-12-31T23:25:03.000Z'] as const;

/** A history as a pure function of its seed. */
export function drawHistory(seed: number): HistoryPlan {
  const chance = chanceOf(seed).split('plan');
  const days = chance.split('days').integer(2, 4);
  const isMonthEnd = chance.split('month').happens(0.3);
  const startsAt = beginnings[isMonthEnd ? 1 : 0];
  const firstLedger = drawFirstLedger(chance.split('first ledger'));
  const focus = drawFocus(seed, chance.split('focus'));
  const runs = withInterruptions(
    drawRuns(chance.split('runs'), { days, slotsAt: Date.parse(startsAt) }),
    chance.split('focused'),
    focus.interruptions,
  );
  // Where much goes wrong, a run seldom gets as far as its orders: some have the focus alone.
  const isCalm = chance.split('calm').happens(0.4);
  // What is filled in part, and bought more of by somebody else, is charged to us.
  const isShared = chance.split('shared').happens(0.35);
  const person = drawPersonActions(chance.split('person'), {
    fromMilliseconds: 0,
    untilMilliseconds: days * day,
    most: isShared ? 20 : chance.split('persons').happens(0.4) ? 6 : 0,
  });
  const plan: HistoryPlan = {
    seed,
    startsAt,
    loans: chance.split('loans').integer(6, 30),
    cash: isShared
      ? '1000.00'
      : chance.split('cash').pick(['40.00', '150.00', '400.00', '1000.00', '1000.00']),
    requestsPerSecond: chance.split('pace').happens(0.8) ? 1 : null,
    closedHour: chance.split('closed').happens(0.12)
      ? chance.split('closed hour').pick(isMonthEnd ? [23, 0] : [15, 16])
      : null,
    releaseAfterHours: chance.split('release').pick([24, 24, 24, 6, 12, 48]),
    firstLedger,
    conduct: {
      kind: 'drawn',
      profile: drawMarket(chance, { isCalm, isShared }),
    },
    person,
    storage: isCalm ? null : drawStorage(chance.split('storage')),
    storageFaults: focus.storageFaults,
    runs,
    operations: drawOperations(chance.split('operations'), { runs, person, firstLedger }),
  };
  return drawScene(plan, chance.split('scene'));
}

function drawMarket(
  chance: Chance,
  { isCalm, isShared }: { readonly isCalm: boolean; readonly isShared: boolean },
): MarketProfile {
  const market = drawMarketProfile(chance.split('market'), chance.split('word').happens(0.6));
  const { orderAnswers, readAnswers, fills } = market;
  return {
    ...market,
    orderAnswers: isCalm ? { ...orderAnswers, own: 6 } : orderAnswers,
    readAnswers: isCalm ? { ...readAnswers, own: 60 } : readAnswers,
    fills: isShared ? { ...fills, partly: 2 } : fills,
  };
}

/** Lets something more befall the live runs, one each, the first of them first. */
function withInterruptions(
  runs: readonly PlannedRun[],
  chance: Chance,
  interruptions: PlannedRun['interruptions'],
): readonly PlannedRun[] {
  const live = runs.filter(({ mode }) => mode === 'live');
  const last = Math.max(live.length - interruptions.length, 0);
  const from = chance.happens(0.6) ? 0 : chance.integer(0, last);
  return runs.map((run) => {
    const index = live.indexOf(run) - from;
    const own = index < 0 ? [] : interruptions.slice(index, index + 1);
    return { ...run, interruptions: [...run.interruptions, ...own] };
  });
}

function drawStorage(chance: Chance): StorageProfile | null {
  if (chance.happens(0.4)) return null;
  return {
    share: chance.pick([0.005, 0.02, 0.05]),
    weights: {
      ...Object.fromEntries(
        faultKinds.map((kind) => [kind, chance.split(kind).happens(0.4) ? 1 : 0]),
      ),
      slow: 1,
    },
    longestRow: chance.pick([1, 2, 6]),
  };
}

function drawRuns(
  chance: Chance,
  { days, slotsAt }: { readonly days: number; readonly slotsAt: number },
): readonly PlannedRun[] {
  let limits = drawLimits(chance.split('limits'));
  let strategy = 'lending';
  return Array.from({ length: days }, (_, index) => index).flatMap((index) => {
    const stream = chance.split(index);
    if (stream.happens(0.2)) limits = drawLimits(stream.split('limits'));
    if (stream.happens(0.2)) strategy = `renamed-${index}`;
    const noon = index * day;
    const slots = stream.happens(0.25) ? [noon, noon + 3_600_000] : [noon];
    return slots.flatMap((slot, position) =>
      drawExecutions(stream.split(`slot ${position}`), { slotsAt, slot, strategy, limits }),
    );
  });
}

/** A slot's first execution, those of other hosts, retries of the platform, another account, paper. */
function drawExecutions(
  chance: Chance,
  given: {
    readonly slotsAt: number;
    readonly slot: number;
    readonly strategy: string;
    readonly limits: PlannedLimits;
  },
): readonly PlannedRun[] {
  const { slot, slotsAt } = given;
  const latePolicy = chance.split('late').pick(['run', 'run', 'skip', 'paper'] as const);
  const cashLimit = chance.split('cash').happens(0.2)
    ? chance.split('cash').pick(['30.00', '60.00', '110.00'])
    : null;
  const count = chance.weighted<number>([
    [1, 3],
    [2, 4],
    [3, 2],
  ]);
  const account = chance.happens(0.9) ? 'main' : 'second';
  const live = Array.from({ length: count }, (_, index): PlannedRun => {
    const stream = chance.split(`execution ${index}`);
    const delay = stream.pick([0, 500, stream.integer(1, 120_000), stream.integer(1, 7_200_000)]);
    return {
      host: `${slot / 60_000}-${index + 1}`,
      afterMilliseconds: slot + (index === 0 ? 0 : delay),
      slot: new Date(slotsAt + slot).toISOString(),
      strategy: given.strategy,
      account,
      mode: 'live',
      limits: stream.happens(0.1) ? drawLimits(stream.split('limits')) : given.limits,
      batchSize: chance.split('batch').pick([1, 2, 3, 10]),
      cashLimit,
      latePolicy,
      wallOffsetMilliseconds: stream.happens(0.3) ? drawOffset(stream.split('offset')) : 0,
      interruptions: drawInterruptions(stream.split('interruptions')),
    };
  });
  const [first] = live;
  if (first === undefined || !chance.split('beside').happens(0.3)) return live;
  const beside = chance.split('beside what').happens(0.5)
    ? ({ mode: 'paper' } as const)
    : ({ account: account === 'main' ? 'second' : 'main' } as const);
  const stream = chance.split('beside interruptions');
  const isPaper = 'mode' in beside;
  const befalls = isPaper ? [killedOnPaper(stream)] : drawInterruptions(stream);
  const interruptions = chance.split('beside befalls').happens(isPaper ? 0.8 : 0.5) ? befalls : [];
  return [...live, { ...first, host: `${first.host}-beside`, interruptions, ...beside }];
}

/** What a run on paper leaves open has to be there before the next one can close it. */
function killedOnPaper(chance: Chance): PlannedRun['interruptions'][number] {
  const occurrence = chance.pick([3, 3, 3, 3, 5]);
  const interruption = { kind: 'kill' } as const;
  return { effect: 'storage append-block', occurrence, moment: 'after', interruption };
}

function drawOffset(chance: Chance): number {
  const size = chance.pick([300, 5000, 60_000, 3_600_000, day, 3 * day]);
  return chance.happens(0.5) ? size : -size;
}

function drawLimits(chance: Chance): PlannedLimits {
  return {
    perOrder: chance.pick(['25.00', '50.00', '60.00', '80.00', '80.00']),
    perRun: chance.pick(['60.00', '100.00', '150.00', '200.00']),
    perDay: chance.pick(['100.00', '150.00', '200.00', '1000.00']),
    perMonth: chance.pick(['150.00', '300.00', '31000.00']),
    perGroup: chance.pick(['75.00', '100.00', '1000.00']),
    step: chance.pick(['25.00', '5.00', '10.00', '10.00']),
  };
}
