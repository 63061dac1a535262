import { MispricedError } from '@mispriced/core';
import type { FunctionDescription } from '../catalog/function-description.ts';
import type { HostKeys } from '../http/host-keys.ts';
import type { HttpFront } from '../http/http-front.ts';
import { decodeTypedData } from '../invocation/typed-data.ts';
import type { LogListener } from '../logs/host-log.ts';
import { timerInput } from '../timers/timer-input.ts';
import type {
  FunctionsHost,
  FunctionsHostOptions,
  FunctionSummary,
  HostStatus,
  InvocationResult,
} from './functions-host.ts';
import type { HostContext } from './host-context.ts';
import { HostInstance } from './host-instance.ts';
import { createMonitor, isTimerFunction, type TimerFunction } from './timer-group.ts';

/** A host through all its lives: one instance after another behind one address. */
export class HostController implements FunctionsHost {
  readonly #context: HostContext;
  readonly #front: HttpFront;
  #keys: HostKeys;
  #appFolder: string;
  #settings: Readonly<Record<string, string>>;
  #instance: HostInstance;
  #startedMs: number;
  /** Restarts and the stop follow one another: each finds the host as the last one left it. */
  #lastChange: Promise<void> = Promise.resolve();

  constructor(args: {
    readonly context: HostContext;
    readonly front: HttpFront;
    readonly keys: HostKeys;
    readonly appFolder: string;
    readonly settings: Readonly<Record<string, string>>;
  }) {
    this.#context = args.context;
    this.#front = args.front;
    this.#keys = args.keys;
    this.#appFolder = args.appFolder;
    this.#settings = args.settings;
    this.#startedMs = args.context.clock.now().getTime();
    this.#instance = this.#createInstance();
  }

  get url(): string {
    return this.#front.url;
  }

  get instance(): HostInstance {
    return this.#instance;
  }

  start(): Promise<void> {
    return this.#instance.start();
  }

  status(): HostStatus {
    const { state, errors, functionErrors, hostId, instanceId, supervisor } = this.#instance;
    return {
      state,
      errors,
      functionErrors,
      hostId,
      instanceId,
      processId: supervisor.processId ?? null,
      workerRestarts: supervisor.restarts,
      lastCrash: supervisor.lastCrash,
      upForMs: this.#context.clock.now().getTime() - this.#startedMs,
    };
  }

  functions(): FunctionSummary[] {
    return this.#instance.functions.map((description) => this.#summarize(description));
  }

  keys(): HostKeys {
    return this.#keys;
  }

  setKeys(keys: HostKeys): void {
    this.#keys = keys;
  }

  async invoke(
    functionName: string,
    firing: Parameters<FunctionsHost['invoke']>[1] = {},
  ): Promise<InvocationResult> {
    const { serving, hostId } = this.#instance;
    if (serving === null) throw this.#notRunning();
    const target = this.#timerNamed(functionName);
    const monitor = createMonitor({ target, hostId, context: this.#context });
    const scheduleStatus =
      firing.scheduleStatus === undefined ? await monitor?.read() : firing.scheduleStatus;
    const outcome = await serving.invoker.run({
      invocationId: this.#context.createId(),
      target,
      reason: 'This function was programmatically called via the host APIs.',
      data: timerInput({
        adjustForDst: target.trigger.schedule.adjustForDst,
        isPastDue: firing.isPastDue ?? false,
        scheduleStatus: scheduleStatus ?? null,
      }),
    });
    const { response, ...rest } = outcome;
    return { ...rest, returnValue: decodeTypedData(response?.returnValue) };
  }

  followLogs(listener: LogListener): () => void {
    return this.#context.log.follow(listener);
  }

  whenIdle(): Promise<void> {
    return this.#context.activity.whenIdle();
  }

  restart(
    changes: Partial<Pick<FunctionsHostOptions, 'appFolder' | 'settings'>> = {},
  ): Promise<void> {
    return this.#afterLastChange(async () => {
      if (this.#instance.state !== 'Offline') await this.#instance.end('recreate');
      this.#appFolder = changes.appFolder ?? this.#appFolder;
      this.#settings = changes.settings ?? this.#settings;
      this.#startedMs = this.#context.clock.now().getTime();
      this.#instance = this.#createInstance();
      await this.#instance.start();
    });
  }

  async killWorker(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.#instance.serving === null) throw this.#notRunning();
    const process = await this.#instance.supervisor.current();
    process.kill(signal);
    await process.exited;
  }

  async kill(): Promise<void> {
    await this.#instance.end('lost');
  }

  stop(options: { readonly drain?: boolean } = {}): Promise<void> {
    return this.#afterLastChange(async () => {
      if (this.#instance.state === 'Stopped') return;
      if (this.#instance.state !== 'Offline') {
        await this.#instance.end(options.drain === true ? 'drain' : 'recreate');
      }
      await this.#front.close();
    });
  }

  #afterLastChange(change: () => Promise<void>): Promise<void> {
    const done = this.#lastChange.then(change);
    this.#lastChange = done.catch(() => undefined);
    return done;
  }

  #createInstance(): HostInstance {
    return new HostInstance({
      context: this.#context,
      appFolder: this.#appFolder,
      settings: this.#settings,
    });
  }

  #summarize(description: FunctionDescription): FunctionSummary {
    const { name, trigger, isDisabled } = description;
    const prefix = this.#instance.routePrefix;
    return {
      name,
      trigger: trigger.kind,
      isDisabled,
      schedule: trigger.kind === 'timer' ? trigger.schedule.expression : null,
      next: this.#instance.nextOf(name),
      url:
        trigger.kind === 'http'
          ? [this.url, prefix, trigger.route].filter((part) => part !== '').join('/')
          : null,
      methods: trigger.kind === 'http' ? trigger.methods : [],
      authLevel: trigger.kind === 'http' ? trigger.authLevel : null,
    };
  }

  #timerNamed(functionName: string): TimerFunction {
    const timers = this.#instance.functions.filter(isTimerFunction);
    const found = timers.find(({ name }) => name === functionName);
    if (found !== undefined) return found;
    const names = timers.map(({ name }) => name).join(', ') || 'none';
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `The app has no timer function '${functionName}'.`,
      fix: `Its timers are: ${names}. An HTTP function is called at its address.`,
    });
  }

  #notRunning(): MispricedError {
    const { state, errors } = this.#instance;
    return new MispricedError({
      code: 'CONFIG_INVALID',
      message: `The app does not run (${state}). ${errors.join(' ')}`.trim(),
      fix: 'Mend what is named here, or start the host, and call again.',
    });
  }
}
