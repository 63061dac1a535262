import type { FunctionDescription, TimerTrigger } from '../catalog/function-description.ts';
import type { Cancel } from '../clock/clock.ts';
import type { Invoker } from '../invocation/invoker.ts';
import { exponentialBackoff } from '../timers/exponential-backoff.ts';
import { runWithRetries } from '../timers/run-with-retries.ts';
import { ScheduleMonitor } from '../timers/schedule-monitor.ts';
import { scheduleStatusBlobName } from '../timers/schedule-status.ts';
import { listenerLockBlobName, SingletonListener } from '../timers/singleton-listener.ts';
import { timerInput } from '../timers/timer-input.ts';
import { type TimerFiring, TimerListener } from '../timers/timer-listener.ts';
import type { HostContext } from './host-context.ts';

/** A function on a timer. */
export type TimerFunction = FunctionDescription & { readonly trigger: TimerTrigger };

/** Whether a function is on a timer. */
export function isTimerFunction(description: FunctionDescription): description is TimerFunction {
  return description.trigger.kind === 'timer';
}

/** The monitor of a timer's schedule; null for a timer that keeps none. */
export function createMonitor(args: {
  readonly target: TimerFunction;
  readonly hostId: string;
  readonly context: HostContext;
}): ScheduleMonitor | null {
  const { target, hostId, context } = args;
  if (!target.trigger.useMonitor) return null;
  return new ScheduleMonitor({
    store: context.store,
    blobName: scheduleStatusBlobName({ hostId, functionName: target.name }),
    logFailure: (what) => {
      const message = `Function '${target.name}' ${what}`;
      context.log.write({ level: 'error', source: 'host', message, functionName: target.name });
    },
  });
}

interface GroupedTimer {
  readonly target: TimerFunction;
  readonly timer: TimerListener;
  readonly singleton: SingletonListener;
}

/** The timers of one life of a host, started, watched and ended together. */
export class TimerGroup {
  readonly #context: HostContext;
  readonly #invoker: Invoker;
  readonly #timers: readonly GroupedTimer[];
  readonly #errors = new Map<string, string>();
  readonly #stopping = new AbortController();
  readonly #cancelRetries = new Set<Cancel>();

  constructor(args: {
    readonly functions: readonly FunctionDescription[];
    readonly hostId: string;
    readonly instanceId: string;
    readonly context: HostContext;
    readonly invoker: Invoker;
  }) {
    const { context, hostId } = args;
    this.#context = context;
    this.#invoker = args.invoker;
    const enabled = args.functions.filter(isTimerFunction).filter((target) => !target.isDisabled);
    this.#timers = enabled.map((target) => {
      const timer = new TimerListener({
        schedule: target.trigger.schedule,
        monitor: createMonitor({ target, hostId, context }),
        clock: context.clock,
        runOnStartup: target.trigger.runOnStartup,
        fire: (firing) => this.#fire(target, firing),
      });
      const singleton = new SingletonListener({
        store: context.store,
        blobName: listenerLockBlobName({ hostId, functionName: target.name }),
        owner: args.instanceId,
        inner: timer,
        clock: context.clock,
        log: (message) => {
          this.#say('debug', message, target);
        },
      });
      return { target, timer, singleton };
    });
  }

  /** Why timers are not listening, by function. */
  get errors(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#errors);
  }

  /** When a function is due next on this instance, null where another instance fires it. */
  next(functionName: string): Date | null {
    const found = this.#timers.find(({ target }) => target.name === functionName);
    return found?.singleton.isListening === true ? found.timer.next : null;
  }

  /** Starts every timer; one that cannot start is tried again and again, after longer waits. */
  async start(): Promise<void> {
    await Promise.all(
      this.#timers.map((timer) => {
        const [shortestMs, longestMs] = [2_000, 120_000];
        const { random } = this.#context;
        return this.#tryToStart(timer, exponentialBackoff({ shortestMs, longestMs, random }));
      }),
    );
  }

  /** From here on no run that is under way is recorded: it is about to be killed. */
  abandonRuns(): void {
    this.#endWaits();
    for (const { timer } of this.#timers) timer.abandon();
  }

  /** Keeps the locks, as a machine that is lost does. */
  abandon(): void {
    this.#endWaits();
    for (const { singleton } of this.#timers) singleton.abandon();
  }

  /** Gives the locks back and waits for runs that are under way. */
  async stop(): Promise<void> {
    this.#endWaits();
    await Promise.all(this.#timers.map(({ singleton }) => singleton.stop()));
  }

  #endWaits(): void {
    this.#stopping.abort();
    for (const cancel of this.#cancelRetries) cancel();
    this.#cancelRetries.clear();
  }

  async #tryToStart(timer: GroupedTimer, nextWait: () => number): Promise<void> {
    const { name } = timer.target;
    try {
      await timer.singleton.start();
      this.#errors.delete(name);
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      const message = `The listener for function 'Functions.${name}' was unable to start. ${reason}`;
      this.#errors.set(name, message);
      this.#say('error', message, timer.target);
      const cancel = this.#context.clock.setTimeout(() => {
        this.#cancelRetries.delete(cancel);
        void this.#tryToStart(timer, nextWait);
      }, nextWait());
      this.#cancelRetries.add(cancel);
    }
  }

  async #fire(target: TimerFunction, firing: TimerFiring): Promise<void> {
    const { adjustForDst } = target.trigger.schedule;
    const reason = `Timer fired at ${this.#context.clock.now().toISOString()}, ${firing.reason}`;
    await runWithRetries({
      attempt: (retry) =>
        this.#invoker.run({
          invocationId: this.#context.createId(),
          target,
          reason,
          data: timerInput({ adjustForDst, ...firing }),
          retry,
        }),
      policy: target.retry,
      clock: this.#context.clock,
      random: this.#context.random,
      signal: this.#stopping.signal,
      log: (message) => {
        this.#say('warning', message, target);
      },
    });
  }

  #say(level: 'debug' | 'warning' | 'error', message: string, target: TimerFunction): void {
    this.#context.log.write({ level, source: 'host', message, functionName: target.name });
  }
}
