import { checkHistory, type Judgement } from './checker/check-history.ts';
import { countPairs } from './count-pairs.ts';
import { describeHistory } from './history/describe-history.ts';
import { drawHistory } from './history/draw-history.ts';
import type { HistoryPlan } from './history/history-plan.ts';
import { shrinkHistory } from './history/shrink-history.ts';
import { playHistory } from './play/play-history.ts';
import type { Product } from './play/product.ts';

/** What came of many histories. */
export interface Proof {
  readonly played: number;
  /** Histories in which a market did not keep its declaration. */
  readonly broken: number;
  /** Seed, violations and the shrunk history of each failure, for people. */
  readonly failures: readonly string[];
  /** How often each transition, and each pair of fault and operation, occurred. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Plays and judges a row of histories. @param stopAfter failures after which it stops. */
export async function proveHistories(args: {
  readonly firstSeed: number;
  readonly count: number;
  readonly product?: Product;
  readonly stopAfter?: number;
  /** Whether a failure is made as small as it goes; it is unless said otherwise. */
  readonly shrinks?: boolean;
}): Promise<Proof> {
  const { firstSeed, count, product, stopAfter = 5, shrinks = true } = args;
  const failures: string[] = [];
  const counts = new Map<string, number>();
  let broken = 0;
  let played = 0;
  for (let seed = firstSeed; seed < firstSeed + count && failures.length < stopAfter; seed += 1) {
    const plan = drawHistory(seed);
    played += 1;
    const { judgement, pairs } = await judge(plan, product);
    for (const [pair, times] of pairs) counts.set(pair, (counts.get(pair) ?? 0) + times);
    if (judgement.breaches.length > 0) broken += 1;
    if (judgement.violations.length > 0)
      failures.push(
        shrinks ? await explain(plan, judgement, product) : seedAndFacts(plan, judgement),
      );
  }
  return { played, broken, failures, counts };
}

async function judge(
  plan: HistoryPlan,
  product?: Product,
): Promise<{ judgement: Judgement; pairs: ReadonlyMap<string, number> }> {
  try {
    const history = await playHistory(plan, product);
    return { judgement: checkHistory(history), pairs: countPairs(history) };
  } catch (error) {
    const facts = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const violations = [{ promise: 'a history can be played', facts }];
    return { judgement: { breaches: [], violations }, pairs: new Map() };
  }
}

function seedAndFacts({ seed }: HistoryPlan, { violations }: Judgement): string {
  const list = violations.map(({ promise, facts }) => `- ${promise}: ${facts}`);
  return [`seed ${seed} breaks promises:`, ...list].join('\n');
}

async function explain(
  plan: HistoryPlan,
  { violations }: Judgement,
  product?: Product,
): Promise<string> {
  const promises = new Set(violations.map(({ promise }) => promise));
  const smallest = await shrinkHistory(plan, async (smaller) => {
    const { judgement } = await judge(smaller, product);
    return judgement.violations.some(({ promise }) => promises.has(promise));
  });
  const { judgement } = await judge(smallest, product);
  return [
    seedAndFacts(plan, { breaches: [], violations }),
    'shrunk to:',
    describeHistory(smallest),
    'of which the judge says:',
    seedAndFacts(smallest, judgement),
  ].join('\n');
}
