import { asMispricedError, type ErrorCode } from '@mispriced/core';
import type { PreviewWorld } from '../preview-world.ts';

const pauseMilliseconds = 5000;

/**
 * Tries again while what fails may pass: a right that was just granted takes Azure some minutes.
 *
 * @throws What failed last, when it is of another kind or the time is over.
 */
export async function retryWhile<Result>(args: {
  world: Pick<PreviewWorld, 'now' | 'sleep' | 'report'>;
  codes: readonly ErrorCode[];
  limitSeconds: number;
  work: () => Promise<Result>;
}): Promise<Result> {
  const { world, codes, work } = args;
  const giveUpAt = world.now().getTime() + args.limitSeconds * 1000;
  let said = '';
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const { code, message } = asMispricedError(error);
      if (!codes.includes(code) || world.now().getTime() >= giveUpAt) throw error;
      if (message !== said) world.report(`not yet: ${message}`);
      said = message;
      await world.sleep(pauseMilliseconds);
    }
  }
}
