import { MispricedError } from '../domain/errors.ts';

const problemsShown = 10;

/** One error for everything that is wrong with a set of rows; the first ten are named. */
export function riskCurveError(what: string, problems: readonly string[]): MispricedError {
  const shown = problems.slice(0, problemsShown).map((problem) => `  ${problem}`);
  const more = problems.length - shown.length;
  if (more > 0) shown.push(`  and ${more} more`);
  return new MispricedError({
    code: 'DATA_INVALID',
    message: [`${what}:`, ...shown].join('\n'),
    fix: 'Leave out or mend the rows named above; a row without a known value must not be a number.',
  });
}
