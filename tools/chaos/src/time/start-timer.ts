import type { HostClocks } from './host-clocks.ts';
import type { Kernel } from './kernel.ts';

/** Node's longest timer: 2^31 - 1 ms, 24.8 days. */
const longestMilliseconds = 2_147_483_647;

/** What timers need of their host. */
export interface TimerHost {
  readonly kernel: Kernel;
  readonly clocks: HostClocks;
  /** Acts now, when the host thaws, or never. */
  readonly whenAwake: (act: () => void) => void;
}

/**
 * A timer by the monotonic clock of a host: what a freeze made that clock miss, the timer waits
 * longer. As in Node, it takes what is too long, too short or no number for 1 ms.
 *
 * @returns Ends it.
 */
export function startTimer(
  host: TimerHost,
  timer: {
    readonly milliseconds: number;
    readonly isBackground: boolean;
    readonly fire: () => void;
  },
): () => void {
  const { kernel, clocks, whenAwake } = host;
  const monotonic = (): number => clocks.monotonicMilliseconds(kernel.nowMilliseconds());
  const { milliseconds, isBackground, fire } = timer;
  const isUsable = milliseconds >= 1 && milliseconds <= longestMilliseconds;
  const delay = isUsable ? Math.trunc(milliseconds) : 1;
  const due = monotonic() + Math.max(0, delay + kernel.drawTimerJitter());

  let isEnded = false;
  const check = (): void => {
    if (isEnded) return;
    if (monotonic() < due) cancel = arm();
    else fire();
  };
  const arm = (): (() => void) =>
    kernel.schedule({
      atMilliseconds: kernel.nowMilliseconds() + due - monotonic(),
      isBackground,
      act: () => {
        whenAwake(check);
      },
    });
  let cancel = arm();
  return () => {
    isEnded = true;
    cancel();
  };
}
