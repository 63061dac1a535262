import type { Host, HostState, Interruption } from './host.ts';
import type { HostClocks } from './host-clocks.ts';
import { createHostTasks } from './host-tasks.ts';
import type { Kernel } from './kernel.ts';

/** Whether a host runs, and what waits until it does. */
export interface HostLife extends Pick<Host, 'start' | 'interrupt' | 'onKill'> {
  state(): HostState;
  /** Acts now where the host runs, when it thaws where it is frozen, never where it is killed. */
  readonly whenAwake: (act: () => void) => void;
}

/** A host that has just started. */
export function createHostLife(kernel: Kernel, name: string, clocks: HostClocks): HostLife {
  let state: HostState = 'running';
  let thawAtMilliseconds = 0;
  let waiting: (() => void)[] = [];
  const killListeners = new Set<() => void>();

  const whenAwake = (act: () => void): void => {
    if (state === 'running') act();
    else if (state === 'frozen') waiting.push(act);
  };
  const tasks = createHostTasks(kernel, name, whenAwake);
  const record = (what: 'killed' | 'frozen' | 'thawed' | 'clock-stepped'): void => {
    kernel.record({ host: name, what, effect: null, number: null });
  };

  const kill = (): void => {
    state = 'killed';
    record('killed');
    tasks.kill();
    for (const listener of killListeners) listener();
    killListeners.clear();
  };
  const freeze = (interruption: Extract<Interruption, { kind: 'freeze' }>): void => {
    const now = kernel.nowMilliseconds();
    thawAtMilliseconds = Math.max(thawAtMilliseconds, now + interruption.milliseconds);
    if (state !== 'frozen') {
      state = 'frozen';
      clocks.freeze(now, interruption);
      record('frozen');
    }
    kernel.schedule({ atMilliseconds: thawAtMilliseconds, act: thaw });
  };
  const thaw = (): void => {
    const now = kernel.nowMilliseconds();
    if (state !== 'frozen' || now < thawAtMilliseconds) return;
    state = 'running';
    clocks.thaw(now);
    record('thawed');
    const woken = waiting;
    waiting = [];
    for (const act of woken) {
      kernel.schedule({
        atMilliseconds: now,
        act: () => {
          whenAwake(act);
        },
      });
    }
  };

  return {
    state: () => state,
    whenAwake,
    start: tasks.start,
    interrupt(interruption) {
      if (state === 'killed') return;
      if (interruption.kind === 'kill') kill();
      else if (interruption.kind === 'freeze') freeze(interruption);
      else {
        clocks.step(interruption.milliseconds);
        record('clock-stepped');
      }
    },
    onKill(listener) {
      killListeners.add(listener);
      return () => killListeners.delete(listener);
    },
  };
}
