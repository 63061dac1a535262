import { MispricedError } from '../domain/errors.ts';

const mostShown = 50;

/** Collects what is wrong with own data, so that a person sees all of it at once. */
export interface DataProblems {
  add(problem: string): void;
  /** @throws MispricedError `DATA_INVALID` when anything was added. */
  throwIfAny(): void;
}

/** @param where The file or files, for the message. */
export function createDataProblems(where: string): DataProblems {
  const shown: string[] = [];
  let count = 0;
  return {
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
          `The own data ${where} cannot be used:`,
          ...shown.map((problem) => `  ${problem}`),
          ...more,
        ].join('\n'),
        fix: 'Mend what is named above. The last good data stays in use where there is any.',
      });
    },
  };
}
