import type { EffectPoint, Host, Interruption } from './host.ts';
import type { HostLife } from './host-life.ts';
import type { Kernel } from './kernel.ts';
import { outOfTurn } from './time-errors.ts';

/** How the programs of a host reach the world, and the world them. */
export interface HostEffects extends Pick<Host, 'effect'> {
  /**
   * Counts an effect that begins.
   *
   * @throws MispricedError `INTERNAL` where nothing of the host was due; it also ends the history.
   */
  begin(effect: string): number;
  /** Goes on with this as soon as the host can, in an event of its own. */
  resume(number: number, effect: string, act: () => void): void;
  /** What has not finished, for an error. */
  unfinished(): readonly string[];
}

/** @param interruptAt Asked at every point of every effect. */
export function createHostEffects(args: {
  readonly kernel: Kernel;
  readonly host: string;
  readonly life: HostLife;
  readonly interruptAt: (point: EffectPoint) => Interruption | null;
}): HostEffects {
  const { kernel, host, life } = args;
  const { whenAwake } = life;
  const unfinished = new Map<number, string>();
  let count = 0;

  const passPoint = (point: Omit<EffectPoint, 'host'>): void => {
    const interruption = args.interruptAt({ host, ...point });
    if (interruption !== null) life.interrupt(interruption);
  };
  const begin = (effect: string): number => {
    if (!kernel.hasTurn(host)) {
      const error = outOfTurn(host, effect);
      kernel.fail(error);
      throw error;
    }
    count += 1;
    return count;
  };
  const resume = (number: number, effect: string, act: () => void): void => {
    const goOn = (): void => {
      kernel.takeTurn(host);
      kernel.record({ host, what: 'resumes', effect, number });
      act();
    };
    const arrive = (): void => {
      passPoint({ number, effect, moment: 'after' });
      whenAwake(goOn);
    };
    kernel.schedule({
      atMilliseconds: kernel.nowMilliseconds(),
      act: () => {
        whenAwake(arrive);
      },
    });
  };

  return {
    begin,
    resume,
    effect: (effect, handOver) =>
      new Promise((resolve, reject) => {
        const number = begin(effect);
        unfinished.set(number, effect);
        let isFinished = false;
        const finish = (settle: () => void): void => {
          if (isFinished) return;
          isFinished = true;
          resume(number, effect, () => {
            unfinished.delete(number);
            settle();
          });
        };
        const start = (): void => {
          kernel.record({ host, what: 'begins', effect, number });
          try {
            handOver({
              resolve: (value) => {
                finish(() => {
                  resolve(value);
                });
              },
              reject: (error) => {
                finish(() => {
                  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason of an abort may be anything
                  reject(error);
                });
              },
            });
          } catch (error) {
            kernel.fail(error instanceof Error ? error : new Error(String(error)));
          }
        };
        passPoint({ number, effect, moment: 'before' });
        whenAwake(start);
      }),
    unfinished: () => [...unfinished].map(([number, effect]) => `${host} #${number} ${effect}`),
  };
}
