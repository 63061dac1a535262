import type { Host, TaskOutcome } from './host.ts';
import type { Kernel } from './kernel.ts';

/** The programs that run on a host. */
export interface HostTasks extends Pick<Host, 'start'> {
  /** Ends them all as `killed`. */
  kill(): void;
}

export function createHostTasks(
  kernel: Kernel,
  host: string,
  whenAwake: (act: () => void) => void,
): HostTasks {
  const running = new Set<() => void>();
  let isKilled = false;
  const record = (what: 'started' | 'ended'): void => {
    kernel.record({ host, what, effect: null, number: null });
  };

  return {
    start<Result>(
      program: () => Promise<Result>,
      ended?: (outcome: TaskOutcome<Result>) => void,
    ): () => TaskOutcome<Result> {
      let outcome: TaskOutcome<Result> = { kind: 'running' };
      const end = (with_: TaskOutcome<Result>): void => {
        outcome = with_;
        running.delete(kill);
        kernel.countTask(-1);
        kernel.schedule({
          atMilliseconds: kernel.nowMilliseconds(),
          act: () => ended?.(with_),
        });
      };
      const endAwake = (with_: TaskOutcome<Result>): void => {
        whenAwake(() => {
          record('ended');
          end(with_);
        });
      };
      const kill = (): void => {
        end({ kind: 'killed' });
      };
      running.add(kill);
      kernel.countTask(1);
      kernel.schedule({
        atMilliseconds: kernel.nowMilliseconds(),
        act: () => {
          whenAwake(() => {
            kernel.takeTurn(host);
            record('started');
            Promise.resolve()
              .then(program)
              .then(
                (value) => {
                  endAwake({ kind: 'returned', value });
                },
                (error: unknown) => {
                  endAwake({ kind: 'threw', error });
                },
              );
          });
        },
      });
      if (isKilled) kill();
      return () => outcome;
    },
    kill() {
      isKilled = true;
      for (const kill of running) kill();
    },
  };
}
