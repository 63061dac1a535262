import type { Cancel, Clock } from '../clock/clock.ts';
import type { LogEntry } from '../logs/log-entry.ts';
import type { ThrownError } from '../worker/protocol.ts';
import { type AppProcess, type LoadedApp, type ProcessExit, WorkerError } from './app-process.ts';

/** Waits before a process that has ended is started again: the first at once, then longer. */
const restartDelaysMs = [0, 1_000, 5_000, 30_000];
const terminateGraceMs = 5_000;

/** The last time that an app's process ended without being told to. */
export interface CrashRecord {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly description: string;
  readonly error: ThrownError | null;
}

/** Keeps an app's process running: starts it, waits for it to load, starts it again when it dies. */
export class AppSupervisor {
  readonly #clock: Clock;
  readonly #log: (line: Omit<LogEntry, 'time'>) => void;
  readonly #spawn: () => AppProcess;
  readonly #initializationTimeoutMs: number;
  readonly #onRestartFailed: (error: unknown) => void;
  #current: Promise<AppProcess> = Promise.reject(new Error('The app has not been started.'));
  #process: AppProcess | null = null;
  #app: LoadedApp | null = null;
  #cancelRestart: Cancel = () => undefined;
  #isEnding = false;
  #restarts = 0;
  #lastCrash: CrashRecord | null = null;

  constructor(args: {
    readonly clock: Clock;
    readonly log: (line: Omit<LogEntry, 'time'>) => void;
    readonly spawn: () => AppProcess;
    readonly initializationTimeoutMs: number;
    /** Called when an app that ran before does not load again. */
    readonly onRestartFailed: (error: unknown) => void;
  }) {
    this.#clock = args.clock;
    this.#log = args.log;
    this.#spawn = args.spawn;
    this.#initializationTimeoutMs = args.initializationTimeoutMs;
    this.#onRestartFailed = args.onRestartFailed;
    this.#current.catch(() => undefined);
  }

  get restarts(): number {
    return this.#restarts;
  }

  get lastCrash(): CrashRecord | null {
    return this.#lastCrash;
  }

  /** What the app registered when it was last loaded. */
  get app(): LoadedApp | null {
    return this.#app;
  }

  get processId(): number | undefined {
    return this.#process?.processId;
  }

  /** Starts the process and waits until the app is loaded; rejects with a `WorkerError`. */
  async start(): Promise<LoadedApp> {
    const process = this.#spawn();
    this.#process = process;
    const loaded = this.#loadWithin(process);
    this.#current = loaded.then(() => process);
    this.#current.catch(() => undefined);
    const app = await loaded;
    this.#app = app;
    void process.exited.then((exit) => {
      if (!this.#isEnding) this.#restart(exit);
    });
    return app;
  }

  /** The process to call, once it is loaded; waits through a restart, rejects when there is none. */
  async current(): Promise<AppProcess> {
    const process = await this.#current;
    if (!process.isDying) return process;
    await process.exited;
    return this.#current;
  }

  /** Ends the process for good: `SIGKILL` at once, anything else after the app's own end hooks. */
  async end(how: 'terminate' | 'SIGKILL'): Promise<void> {
    this.#isEnding = true;
    this.#cancelRestart();
    const process = this.#process;
    this.#process = null;
    if (how === 'terminate') await process?.terminate(terminateGraceMs);
    else process?.kill('SIGKILL');
    await process?.exited;
  }

  async #loadWithin(process: AppProcess): Promise<LoadedApp> {
    const limit = Promise.withResolvers<never>();
    const seconds = this.#initializationTimeoutMs / 1000;
    const cancel = this.#clock.setTimeout(() => {
      const message = `The app did not finish loading within ${seconds} seconds.`;
      limit.reject(new WorkerError({ message, stack: message }));
    }, this.#initializationTimeoutMs);
    try {
      return await Promise.race([process.loaded, limit.promise]);
    } catch (error) {
      process.kill('SIGKILL');
      throw error;
    } finally {
      cancel();
    }
  }

  #restart(exit: ProcessExit): void {
    const at = this.#clock.now().toISOString();
    this.#lastCrash = { at, description: exit.description, error: exit.crash };
    const stack = exit.crash === null ? '' : `\n${exit.crash.stack}`;
    const message = `The app's process ${exit.description} and is started again.${stack}`;
    this.#log({ level: 'error', source: 'host', message });
    const delayMs = restartDelaysMs[Math.min(this.#restarts, restartDelaysMs.length - 1)] ?? 0;
    this.#restarts += 1;
    this.#startAgainAfter(delayMs);
  }

  #startAgainAfter(delayMs: number): void {
    const next = Promise.withResolvers<AppProcess>();
    next.promise.catch(() => undefined);
    this.#current = next.promise;
    const start = (): void => {
      this.start().then(
        () => {
          next.resolve(this.#current);
        },
        (error: unknown) => {
          next.reject(error);
          if (!this.#isEnding) this.#onRestartFailed(error);
        },
      );
    };
    if (delayMs === 0) {
      start();
      return;
    }
    const cancelTimer = this.#clock.setTimeout(start, delayMs);
    this.#cancelRestart = () => {
      cancelTimer();
      next.reject(new Error('The host was stopped while the app was being started again.'));
    };
  }
}
