import { countMarketBehaviours } from './market/count-behaviours.ts';
import type { PlayedHistory } from './play/played-history.ts';
import { countStorageBehaviours } from './storage/index.ts';

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
  for (const transition of transitionsIn(history)) count(transition);
  return counts;
}

interface Line {
  readonly type: string;
  readonly orderId?: string;
  readonly outcome?: string;
  readonly source?: string;
}

function transitionsIn({ ledger }: PlayedHistory): readonly string[] {
  const states = new Map<string, string>();
  const transitions: string[] = [];
  for (const [path, text] of ledger) {
    for (const written of text.split('\n').filter((each) => each !== '')) {
      const line = JSON.parse(written) as Line;
      const key = `${path} ${line.orderId ?? ''}`;
      if (line.type === 'order-intended') states.set(key, 'intended');
      if (line.type !== 'order-result') continue;
      transitions.push(
        `order ${states.get(key) ?? 'nothing'} -> ${line.outcome ?? ''} by ${line.source ?? ''}`,
      );
      states.set(key, line.outcome ?? '');
    }
  }
  return transitions;
}
