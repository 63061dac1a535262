import type { PipelineResponse } from '@azure/core-rest-pipeline';
import type { Clock } from '../wait-until.ts';

/** Tries in all, as the real azure-native provider has them. */
const mostTries = 4;
/** What may pass by itself. */
const passing = new Set([408, 429, 500, 502, 503, 504]);
const longestPauseSeconds = 60;

/**
 * Sends a request, and again where no answer came or one that may pass. Of the resource manager every
 * method may be sent twice: what is put or deleted comes to the same, and the actions that tools ask
 * for (listing keys and settings, renewing a key, restarting, syncing, registering, purging) do no harm
 * when they are done again.
 *
 * @param args.allow Answers with these statuses are taken at once.
 * @throws what `send` threw last.
 */
export async function withRetries(args: {
  clock: Clock;
  allow: readonly number[];
  send: () => Promise<PipelineResponse>;
  /** False for what no second try could change, such as a sign-in that fails. */
  mayPass: (error: unknown) => boolean;
}): Promise<PipelineResponse> {
  const { clock, allow } = args;
  for (let tries = 1; ; tries += 1) {
    let answer: PipelineResponse | null = null;
    try {
      answer = await args.send();
    } catch (error) {
      if (tries >= mostTries || !args.mayPass(error)) throw error;
    }
    if (answer !== null) {
      const isFinal = !passing.has(answer.status) || allow.includes(answer.status);
      if (isFinal || tries >= mostTries) return answer;
    }
    await clock.sleep(pauseMilliseconds(answer, 2 ** tries, clock));
  }
}

/** How long an answer asks to wait, at most a minute. */
export function pauseMilliseconds(
  answer: PipelineResponse | null,
  otherwiseSeconds: number,
  clock: Clock,
): number {
  const text = answer?.headers.get('retry-after') ?? '';
  const byDate = (Date.parse(text) - clock.now().getTime()) / 1000;
  const named = /^\d+(\.\d+)?$/.test(text) ? Number(text) : byDate;
  const seconds = Number.isFinite(named) ? Math.max(named, 0) : otherwiseSeconds;
  return Math.min(seconds, longestPauseSeconds) * 1000;
}
