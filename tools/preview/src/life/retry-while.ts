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
  const giveUpAt = dependencies.now().getTime() + args.limitSeconds * 1000;
  let said = '';
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const { code, message } = asMispricedError(error);
      if (!codes.includes(code) || dependencies.now().getTime() >= giveUpAt) throw error;
      if (message !== said) dependencies.report(`not yet: ${message}`);
      said = message;
      await dependencies.sleep(pauseMilliseconds);
    }
  }
}
