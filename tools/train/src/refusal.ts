import { MispricedError, type ErrorCode } from '@mispriced/core';

/** One mistake in a request or in its files. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly fix: string;
}

/** Every mistake in one error. Its code is theirs where they share one, else the first one's. */
export function refusal(problems: readonly [Problem, ...Problem[]]): MispricedError {
  const [first, ...others] = problems;
  if (others.length === 0) return new MispricedError(first);
  return new MispricedError({
    code: first.code,
    message: [
      `There are ${problems.length} problems:`,
      ...problems.map(({ message }, index) => `  ${index + 1}. ${message}`),
    ].join('\n'),
    fix: problems.map((problem, index) => `${index + 1}. ${problem.fix}`).join(' '),
  });
}
