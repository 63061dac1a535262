import { MispricedError } from '../domain/errors.ts';

const mostShown = 50;
const mostShownOfAKind = 10;

/** Collects what is wrong with a file, so that a person sees all of it at once. */
export interface DataProblems {
  /** @param kind What it is of, such as its column: of each kind ten are shown, and the rest counted. */
  readonly add: (problem: string, kind?: string) => void;
  /** @throws MispricedError `DATA_INVALID` when anything was added. */
  throwIfAny(): void;
}

/** @param what The file, for the message: `own data income.csv`. */
export function createDataProblems(
  what: string,
  fix = 'Mend what is named above, in the file or in what wrote it.',
): DataProblems {
  const shown: string[] = [];
  const counts = new Map<string, { count: number; shown: number }>();
  return {
    add(problem, kind = 'other kinds') {
      const ofKind = counts.get(kind) ?? { count: 0, shown: 0 };
      counts.set(kind, ofKind);
      ofKind.count += 1;
      if (shown.length >= mostShown || ofKind.shown >= mostShownOfAKind) return;
      ofKind.shown += 1;
      shown.push(problem);
    },
    throwIfAny() {
      if (shown.length === 0) return;
      const more = [...counts]
        .filter(([, ofKind]) => ofKind.count > ofKind.shown)
        .map(([kind, ofKind]) => `  and ${ofKind.count - ofKind.shown} more of ${kind}`);
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
