/** Something a run does to the world outside its process, or asks of it. */
interface Effect {
  /** The first is 1. */
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

/** Numbers the effects of one run in the order in which they begin. */
export function createEffectGate(listen: EffectListener): EffectGate {
  let begun = 0;
  return {
    around: async (name, work) => {
      begun += 1;
      const effect = { number: begun, name };
      await listen(effect, 'before');
      const result = await work();
      await listen(effect, 'after');
      return result;
    },
  };
}
