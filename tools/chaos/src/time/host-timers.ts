import type { Host } from './host.ts';
import type { HostEffects } from './host-effects.ts';
import { startTimer, type TimerHost } from './start-timer.ts';

/** The timers of Node, on the clock of a host. */
export function createHostTimers(
  host: TimerHost,
  effects: HostEffects,
): Pick<Host, 'sleep' | 'timeoutSignal' | 'every'> {
  return {
    sleep: (milliseconds) =>
      effects.effect<undefined>(`sleep ${milliseconds}`, (finish) => {
        startTimer(host, {
          milliseconds,
          isBackground: false,
          fire: () => {
            finish.resolve(undefined);
          },
        });
      }),
    timeoutSignal(milliseconds) {
      if (!Number.isInteger(milliseconds) || milliseconds < 0 || milliseconds > 0xffff_ffff) {
        throw new RangeError(`${milliseconds} ms cannot be a time-out.`);
      }
      const name = `time-out ${milliseconds}`;
      const number = effects.begin(name);
      const controller = new AbortController();
      const abort = (): void => {
        const message = 'The operation was aborted due to timeout';
        controller.abort(new DOMException(message, 'TimeoutError'));
      };
      startTimer(host, {
        milliseconds,
        isBackground: true,
        fire: () => {
          effects.resume(number, name, abort);
        },
      });
      return controller.signal;
    },
    every(milliseconds, action) {
      const name = `every ${milliseconds}`;
      const number = effects.begin(name);
      let isEnded = false;
      let endTimer: () => void;
      const startOver = (): void => {
        endTimer = startTimer(host, {
          milliseconds,
          isBackground: true,
          fire: () => {
            effects.resume(number, name, act);
          },
        });
      };
      const act = (): void => {
        if (isEnded) return;
        startOver();
        action();
      };
      startOver();
      return () => {
        isEnded = true;
        endTimer();
      };
    },
  };
}
