/** Takes back what it was returned for; harmless once that has happened. */
export type Cancel = () => void;

/** The host's only source of time, so that a test may run a year of timers in a second. */
export interface Clock {
  now(): Date;
  setTimeout(callback: () => void, delayMs: number): Cancel;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  setTimeout: (callback, delayMs) => {
    const handle = setTimeout(callback, delayMs);
    return () => {
      clearTimeout(handle);
    };
  },
};

/** Waits on a clock; an aborted signal ends the wait at once, without an error. */
export async function waitOn(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = clock.setTimeout(finish, delayMs);
    signal.addEventListener('abort', finish);
  });
}
