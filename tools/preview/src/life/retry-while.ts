import { waitUntil } from '@mispriced/azure';
import { asMispricedError, type ErrorCode } from '@mispriced/core';
import type { PreviewDependencies } from '../preview-dependencies.ts';

const pauseMilliseconds = 5000;

/**
 * Tries again while what fails may pass: a right that was just granted takes Azure some minutes.
 *
 * @throws What failed last, when it is of another kind or the time is over.
 */
export async function retryWhile<Result>(args: {
  dependencies: Pick<PreviewDependencies, 'now' | 'sleep' | 'report'>;
  codes: readonly ErrorCode[];
  limitSeconds: number;
  work: () => Promise<Result>;
}): Promise<Result> {
  const { dependencies, codes, work } = args;
  let said = '';
  let last: unknown;
  const done = await waitUntil({
    clock: dependencies,
    limit: { seconds: args.limitSeconds },
    pollMilliseconds: pauseMilliseconds,
    ask: async () => {
      try {
        return { result: await work() };
      } catch (error) {
        const { code, message } = asMispricedError(error);
        if (!codes.includes(code)) throw error;
        if (message !== said) dependencies.report(`not yet: ${message}`);
        said = message;
        last = error;
        return null;
      }
    },
  });
  if (done === null) throw last;
  return done.result;
}
