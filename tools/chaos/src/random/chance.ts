import { drawInteger, drawWeighted, namedRandom } from '@mispriced/market/random';

/** Something to choose, with its share of the sum of all weights. */
export type Weighted<Choice> = readonly [choice: Choice, weight: number];

/** Draws that are a pure function of a seed and of the names it was split by. */
export interface Chance {
  /** Uniform in [0, 1). */
  next(): number;
  /** True in this share of draws, 0 to 1. */
  happens(share: number): boolean;
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number;
  /** @throws RangeError where there is nothing to choose from. */
  pick<Choice>(choices: readonly Choice[]): Choice;
  /** What has no weight is never chosen. @throws RangeError where nothing has any. */
  weighted<Choice>(choices: readonly Weighted<Choice>[]): Choice;
  /**
   * The stream of this name: the same however much was drawn before, here or from other names, so
   * that one part of a history can be taken away without another becoming a different one.
   */
  split(name: string | number): Chance;
}

/**
 * The chance of one history.
 *
 * @param seed A whole number.
 */
export function chanceOf(seed: number): Chance {
  return streamOf(seed, '');
}

function streamOf(seed: number, path: string): Chance {
  const random = namedRandom(seed, path);
  return {
    next: random,
    happens: (share) => random() < share,
    integer: (least, most) => drawInteger(random, least, most),
    pick: (choices) => drawWeighted(random, equally(choices)),
    weighted: (choices) =>
      drawWeighted(
        random,
        choices.filter(([, weight]) => weight > 0),
      ),
    split: (name) => streamOf(seed, `${path}/${name}`),
  };
}

function equally<Choice>(choices: readonly Choice[]): readonly Weighted<Choice>[] {
  return choices.map((choice) => [choice, 1]);
}
