import { MispricedError } from '../domain/errors.ts';

const mostShown = 50;

/** Collects what is wrong with a file, so that a person sees all of it at once. */
export interface DataProblems {
  readonly add: (problem: string) => void;
  readonly count: number;
  /** @throws MispricedError `DATA_INVALID` when anything was added. */
  throwIfAny(): void;
}

/** @param what The file, for the message: `own data income.csv`. */
export function createDataProblems(
  what: string,
  fix = 'Mend what is named above, in the file or in what wrote it.',
): DataProblems {
  const shown: string[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    add(problem) {
      count += 1;
      if (shown.length < mostShown) shown.push(problem);
    },
    throwIfAny() {
      if (count === 0) return;
      const more = count > shown.length ? [`  and ${count - shown.length} more`] : [];
      throw new MispricedError({
        code: 'DATA_INVALID',
        message: [
          `The ${what} cannot be used:`,
          ...shown.map((problem) => `  ${problem}`),
          ...more,
        ].join('\n'),
        fix,
      });
    },
  };
}
