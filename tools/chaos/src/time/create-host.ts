import type { EffectPoint, Host, Interruption } from './host.ts';
import { createHostClocks } from './host-clocks.ts';
import { createHostEffects } from './host-effects.ts';
import { createHostLife } from './host-life.ts';
import { createHostTimers } from './host-timers.ts';
import type { Kernel } from './kernel.ts';

/** What a host is added with. */
export interface HostOptions {
  readonly name: string;
  /** How far its wall clock is ahead of the true time; 0 unless given. */
  readonly wallOffsetMilliseconds?: number;
  /** How long the machine had been up; 0 unless given. */
  readonly uptimeMilliseconds?: number;
  /** Asked at every point of every effect: what happens to the host right there. */
  readonly interruptAt?: (point: EffectPoint) => Interruption | null;
}

/** A host, with what the time line asks it. */
export interface HostOnTimeline {
  readonly host: Host;
  /** The effects that have not finished, for an error. */
  unfinished(): readonly string[];
}

/** A host that starts now. */
export function createHost(kernel: Kernel, options: HostOptions): HostOnTimeline {
  const { name } = options;
  const clocks = createHostClocks({
    startedAtMilliseconds: kernel.nowMilliseconds(),
    wallOffsetMilliseconds: options.wallOffsetMilliseconds ?? 0,
    uptimeMilliseconds: options.uptimeMilliseconds ?? 0,
  });
  const life = createHostLife(kernel, name, clocks);
  const effects = createHostEffects({
    kernel,
    host: name,
    life,
    interruptAt: options.interruptAt ?? (() => null),
  });
  const host: Host = {
    name,
    get state() {
      return life.state();
    },
    start: life.start,
    now: () => new Date(clocks.wallMilliseconds(kernel.nowMilliseconds())),
    monotonicMilliseconds: () => clocks.monotonicMilliseconds(kernel.nowMilliseconds()),
    uptimeSeconds: () => clocks.uptimeSeconds(kernel.nowMilliseconds()),
    ...createHostTimers({ kernel, clocks, whenAwake: life.whenAwake }, effects),
    effect: effects.effect,
    around: (effect, perform) =>
      effects.effect(effect, (finish) => {
        perform().then(
          (value) => {
            finish.resolve(value);
          },
          (error: unknown) => {
            finish.reject(error);
          },
        );
      }),
    realWork: (work) =>
      new Promise((resolve, reject) => {
        effects.begin('real work');
        const running = work();
        const hide = (): void => undefined;
        kernel.addRealWork({
          done: running.then(hide, hide),
          deliver: () => {
            life.whenAwake(() => {
              running.then(resolve, reject);
            });
          },
        });
      }),
    interrupt: life.interrupt,
    onKill: life.onKill,
  };
  return { host, unfinished: () => (life.state() === 'killed' ? [] : effects.unfinished()) };
}
