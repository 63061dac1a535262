import {
  findTransition,
  orderTransitions,
  type OrderState,
  type OrderTransition,
} from '@mispriced/core';
import { interruptedOperations, interruptionKinds } from './history/draw-focus.ts';
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
  for (const { point, kind } of history.interrupted) {
    const [first = '', second = ''] = point.effect.split(' ');
    const operation = first === 'sleep' || first === 'every' ? first : `${first} ${second}`;
    count(`${operation} meets ${kind} ${point.moment}`);
  }
  for (const run of history.runs) {
    const { outcome } = run;
    count(`run ended ${outcome.kind === 'ended' ? outcome.summary.status : outcome.kind}`);
  }
  for (const { deed } of history.operations) count(`person ${deed}`);
  for (const [from, line] of transitionsIn(history)) {
    count(`order ${from} -> ${line.outcome} by ${line.source}`);
    const way = findTransition(from, line);
    if (way !== null) count(nameOf(way));
  }
  return counts;
}

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
  ...orderTransitions.map(nameOf),
];

function nameOf({ from, to, source }: OrderTransition): string {
  return `transition ${from.join(', ')} -> ${to.join(', ')} by ${source}`;
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
