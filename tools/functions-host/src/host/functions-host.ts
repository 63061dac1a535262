import type { Clock } from '../clock/clock.ts';
import type { HostKeys } from '../http/host-keys.ts';
import type { CrashRecord } from '../invocation/app-supervisor.ts';
import type { LogListener } from '../logs/host-log.ts';
import type { HostStateStore } from '../state/host-state-store.ts';
import type { ScheduleStatus } from '../timers/schedule-status.ts';
import type { ThrownError } from '../worker/protocol.ts';

/** The states that the real host's status route names. */
export type HostState = 'Starting' | 'Running' | 'Error' | 'Stopping' | 'Stopped' | 'Offline';

/** What a host is started with. */
export interface FunctionsHostOptions {
  /** A folder with package.json, host.json and what `main` names: an app as it is packed. */
  readonly appFolder: string;
  /** The app settings, Key Vault references resolved: the environment of the app's process. */
  readonly settings: Readonly<Record<string, string>>;
  /** Where timers keep their status and hosts contend for locks. */
  readonly stateStore: HostStateStore;
  /** Appended to, one JSON object a line. */
  readonly logFile: string;
  /** Fresh ones are made when none are given. */
  readonly keys?: HostKeys;
  readonly clock?: Clock;
  /** From 0 up to 1, for the spread of retries. */
  readonly random?: () => number;
  readonly createId?: () => string;
  /** False for a host that only answers calls, such as one that checks a package. */
  readonly runTimers?: boolean;
  /** How long an app may take to load: 30 seconds on Flex Consumption. */
  readonly initializationTimeoutMs?: number;
  /** For tests with a clock of their own: `Date` in the app's process tells the host's time. */
  readonly appFollowsClock?: boolean;
}

/** How a host is doing. */
export interface HostStatus {
  readonly state: HostState;
  /** Why the whole app does not run. */
  readonly errors: readonly string[];
  /** Why single functions do not run, by function. */
  readonly functionErrors: Readonly<Record<string, string>>;
  readonly hostId: string;
  readonly instanceId: string;
  readonly processId: number | null;
  /** How often the app's process died and was started again since the host was started. */
  readonly workerRestarts: number;
  readonly lastCrash: CrashRecord | null;
  readonly upForMs: number;
}

/** A function as the outside sees it. */
export interface FunctionSummary {
  readonly name: string;
  readonly trigger: 'timer' | 'http';
  readonly isDisabled: boolean;
  /** Of a timer: its schedule with settings put in, and when it is due next on this instance. */
  readonly schedule: string | null;
  readonly next: Date | null;
  /** Of an HTTP function: its address, its methods and who may call it. */
  readonly url: string | null;
  readonly methods: readonly string[];
  readonly authLevel: string | null;
}

/** How one run ended. */
export interface InvocationResult {
  readonly invocationId: string;
  readonly functionName: string;
  readonly startedAt: string;
  readonly durationMs: number;
  /** What the handler returned, null for nothing. */
  readonly returnValue: unknown;
  /** What it threw, null when it succeeded. */
  readonly error: ThrownError | null;
}

/** A running host. */
export interface FunctionsHost {
  /** `http://127.0.0.1:<port>`; it stays through restarts. */
  readonly url: string;
  status(): HostStatus;
  functions(): FunctionSummary[];
  keys(): HostKeys;
  setKeys(keys: HostKeys): void;
  /**
   * Runs a timer function now, outside its schedule, and waits for the end. Nothing is recorded of
   * it and no retry follows, as when it is run from the portal.
   *
   * @throws MispricedError `CONFIG_INVALID` when there is no such timer or the app does not run.
   */
  invoke(
    functionName: string,
    firing?: { readonly isPastDue?: boolean; readonly scheduleStatus?: ScheduleStatus | null },
  ): Promise<InvocationResult>;
  followLogs(listener: LogListener): () => void;
  /** Resolves when no run and no write of a status is under way. */
  whenIdle(): Promise<void>;
  /**
   * What Azure does when a setting changes or a package is deployed: runs that are under way are
   * killed, and the app starts again with what is given here.
   */
  restart(changes?: Partial<Pick<FunctionsHostOptions, 'appFolder' | 'settings'>>): Promise<void>;
  /** Ends the app's process as the system would; the host notices and starts it again. */
  killWorker(signal?: NodeJS.Signals): Promise<void>;
  /**
   * The machine is lost: nothing of what is under way is recorded, locks run out by themselves.
   * `restart` brings up another.
   */
  kill(signal?: 'SIGKILL'): Promise<void>;
  /** Ends the host and gives its locks back. `drain` waits for runs that are under way. */
  stop(options?: { readonly drain?: boolean }): Promise<void>;
}
