import {
  orderTransitions,
  type OrderOutcome,
  type OrderState,
  type OrderTransition,
} from '@mispriced/core';
import { interruptedOperations, interruptionKinds } from './history/draw-focus.ts';
import { deeds } from './history/history-plan.ts';
import { countMarketBehaviours, marketBehaviours } from './market/count-behaviours.ts';
import type { PlayedHistory } from './play/played-history.ts';
import { countStorageBehaviours, storageBehaviours } from './storage/index.ts';

/** How often each fault met each operation, and each order went each way. */
export function countPairs(history: PlayedHistory): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (what: string, times = 1): void => {
    counts.set(what, (counts.get(what) ?? 0) + times);
  };
  for (const market of history.markets.values())
    for (const [what, times] of countMarketBehaviours(market)) count(what, times);
  for (const [what, times] of countStorageBehaviours(history.storageRequests)) count(what, times);
  for (const { point, kind, isUnnoticed } of history.interrupted) {
    const [first = '', second = ''] = point.effect.split(' ');
    const operation = first === 'sleep' || first === 'every' ? first : `${first} ${second}`;
    count(`${operation} meets ${kind} ${point.moment}`);
    if (isUnnoticed) count('host suspended without any clock noticing');
  }
  for (const run of history.runs) {
    const { outcome } = run;
    count(`run ended ${outcome.kind === 'ended' ? outcome.summary.status : outcome.kind}`);
  }
  for (const what of occasionsOf(history)) count(what);
  for (const { deed } of history.operations) count(`person ${deed}`);
  count('frozen host ended by its platform', history.endedWhileFrozen);
  for (const [from, line] of transitionsIn(history)) {
    count(nameOf(from, line.outcome, line.source));
  }
  return counts;
}

/**
 * Ways that the table has, and that no order can go: more than was filled is neither less nor as much as
 * was asked unless less than that was filled before; and what is planned for a listing is never more
 * than what is left of it, so that paper fills it all.
 */
export const impossible: ReadonlySet<string> = new Set([
  nameOf('filled', 'filled', 'read-back'),
  nameOf('filled', 'partly-filled', 'read-back'),
  nameOf('intended', 'rounded', 'paper'),
  nameOf('intended', 'partly-filled', 'paper'),
  // Only the first version wrote this: since then a part leaves the order open.
  nameOf('intended', 'partly-filled', 'read-back'),
  nameOf('intended', 'partly-filled', 'closed-by-hand'),
]);

/**
 * What was rounded down and is bought more of by somebody else may come to just what was asked, or to
 * less than that: nobody buys so little more often than now and then.
 */
const byTheWay: ReadonlySet<string> = new Set([
  // What is filled in part is all that was left: nobody can buy more of it, and only what a market shows
  // late adds to it.
  nameOf('partly-filled', 'filled', 'read-back'),
  nameOf('partly-filled', 'rounded', 'read-back'),
  nameOf('partly-filled', 'partly-filled', 'read-back'),
  // A person of these histories closes only what surely never reached the market.
  nameOf('unknown', 'partly-filled', 'closed-by-hand'),
  nameOf('rounded', 'filled', 'read-back'),
  nameOf('rounded', 'partly-filled', 'read-back'),
]);

/** What a thousand histories must show, each twenty times at least. */
export const expectedPairs: readonly string[] = [
  ...storageBehaviours,
  // A host paces itself, and only one of an account asks at a time.
  ...marketBehaviours.filter((what) => what !== 'orders answered over-pace'),
  ...interruptedOperations.flatMap((operation) =>
    interruptionKinds.flatMap((kind) =>
      // What an interval does begins of itself.
      (operation === 'every' ? ['after'] : ['before', 'after']).map(
        (moment) => `${operation} meets ${kind} ${moment}`,
      ),
    ),
  ),
  ...deeds.map((deed) => `person ${deed}`),
  ...['skip', 'paper', 'run'].map((policy) => `late run: ${policy}`),
  'frozen host ended by its platform',
  'host suspended without any clock noticing',
  'run with a cash limit',
  'run with hours to release of its own',
  'run at a closed market',
  'first ledger beside a renamed strategy',
  'first ledger carried over',
  'run refused for a first ledger',
  'missing holding accepted',
  ...allTransitions().filter((what) => !impossible.has(what) && !byTheWay.has(what)),
];

/** What the circumstances of a history's runs came to. */
function occasionsOf(history: PlayedHistory): readonly string[] {
  const { plan, runs, ledger, storageRequests } = history;
  const of = (name: string, count: number): readonly string[] => Array<string>(count).fill(name);
  const { firstLedger, releaseAfterHours } = plan;
  const codes = runs.map(({ outcome }) =>
    outcome.kind === 'ended' ? outcome.summary.error?.code : null,
  );
  const gone = [...ledger.values()].flatMap((text) => text.split('"kind":"gone"').slice(1));
  return [
    ...runs.flatMap(({ late }) => (late === null ? [] : [`late run: ${late}`])),
    ...of('run with a cash limit', runs.filter((run) => run.plan.cashLimit !== null).length),
    ...of('run with hours to release of its own', releaseAfterHours === 24 ? 0 : runs.length),
    ...of('run at a closed market', codes.filter((code) => code === 'VENUE_CLOSED').length),
    ...of(
      'run refused for a first ledger',
      codes.filter((code) => code === 'LEDGER_OUTDATED').length,
    ),
    ...of('missing holding accepted', gone.length),
    ...(firstLedger !== null && runs.some((run) => run.plan.strategy !== firstLedger.strategy)
      ? ['first ledger beside a renamed strategy']
      : []),
    ...(storageRequests.some(({ path, tookEffect }) => tookEffect && path.endsWith('migrated.json'))
      ? ['first ledger carried over']
      : []),
  ];
}

/** Every way of one order, each with its one beginning and its one end. */
function allTransitions(): readonly string[] {
  return orderTransitions.flatMap(({ from, to, source }) =>
    from.flatMap((each) => to.map((end) => nameOf(each, end, source))),
  );
}

function nameOf(from: OrderState, to: OrderOutcome, source: OrderTransition['source']): string {
  return `order ${from} -> ${to} by ${source}`;
}

interface Line {
  readonly type: string;
  readonly orderId?: string;
  readonly outcome: OrderTransition['to'][number];
  readonly source: OrderTransition['source'];
}

function transitionsIn({ ledger }: PlayedHistory): readonly (readonly [OrderState, Line])[] {
  const states = new Map<string, OrderState>();
  const transitions: (readonly [OrderState, Line])[] = [];
  for (const [path, text] of ledger) {
    for (const written of text.split('\n').filter((each) => each !== '')) {
      const line = JSON.parse(written) as Line;
      const key = `${path} ${line.orderId ?? ''}`;
      if (line.type === 'order-intended') states.set(key, 'intended');
      if (line.type !== 'order-result') continue;
      transitions.push([states.get(key) ?? 'intended', line]);
      states.set(key, line.outcome);
    }
  }
  return transitions;
}
