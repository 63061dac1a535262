/** Something a run does to the world outside its process, or asks of it. */
export interface Effect {
  /** Says which effect of a run it is, however slow the machine: see `createEffectNumbers`. */
  readonly number: number;
  readonly name: string;
}

/** Just before an effect, or once it has happened and its answer was not yet seen. */
export type Moment = 'before' | 'after';

/** Told of every effect at both moments; the run goes on when it returns. */
export type EffectListener = (effect: Effect, moment: Moment) => Promise<void> | void;

/** Performs effects one by one, so that a proof can step in around each of them. */
export interface EffectGate {
  around<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

/** How the lease is kept, which a slow run does oftener. */
export const renewal = 'renew the lease';

/**
 * Numbers the effects of a run in the order in which they begin: 100, 200 and so on. A lease renews
 * itself every few seconds, and a read that found a closed connection is repeated, so how many of those
 * there are depends on the machine; they count from the effect before them (201, 202) and leave the
 * others' numbers as they are.
 */
export function createEffectNumbers(): (name: string) => number {
  let others = 0;
  let besides = 0;
  let last = '';
  return (name) => {
    const isRepeat = name === last && name.startsWith('GET ');
    if (name === renewal || isRepeat) {
      besides += 1;
    } else {
      others += 1;
      besides = 0;
      last = name;
    }
    return others * 100 + besides;
  };
}

/** Tells of the effects of one run. */
export function createEffectGate(listen: EffectListener): EffectGate {
  const numberOf = createEffectNumbers();
  return {
    around: async (name, work) => {
      const effect = { number: numberOf(name), name };
      await listen(effect, 'before');
      const result = await work();
      await listen(effect, 'after');
      return result;
    },
  };
}
