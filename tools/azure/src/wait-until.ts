/** Time as whoever waits sees it; a test passes its own. */
export interface Clock {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** The machine's own time. */
export const systemClock = {
  now: () => new Date(),
  sleep: (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds)),
} satisfies Clock;

/**
 * Asks again and again until there is an answer. It asks at least once, and once more after the last
 * pause before the time is up.
 *
 * @param args.limit For how long, or how often, it asks.
 * @param args.pollMilliseconds The pause between two questions, which may depend on the last answer.
 * @param args.ask Null for "not yet". What it throws ends the wait.
 * @returns Null where there was no answer within the limit.
 */
export async function waitUntil<Result>(args: {
  clock: Clock;
  limit: { readonly seconds: number } | { readonly times: number };
  pollMilliseconds: number | (() => number);
  ask: () => Promise<Result | null>;
}): Promise<Result | null> {
  const { clock, limit, pollMilliseconds } = args;
  const giveUpAt = 'seconds' in limit ? clock.now().getTime() + limit.seconds * 1000 : Infinity;
  const mostTimes = 'times' in limit ? limit.times : Infinity;
  for (let times = 1; ; times += 1) {
    const answer = await args.ask();
    if (answer !== null) return answer;
    if (times >= mostTimes || clock.now().getTime() >= giveUpAt) return null;
    await clock.sleep(typeof pollMilliseconds === 'number' ? pollMilliseconds : pollMilliseconds());
  }
}
