import type { RetryPolicy } from '../timers/retry-policy.ts';
import type { TimerSchedule } from '../schedule/timer-schedule.ts';
import type { FunctionMetadata } from '../worker/protocol.ts';

/** Who may call an HTTP function: anybody, holders of one of its keys, holders of the master key. */
export type AuthLevel = 'anonymous' | 'function' | 'admin';

export interface TimerTrigger {
  readonly kind: 'timer';
  readonly bindingName: string;
  readonly schedule: TimerSchedule;
  readonly runOnStartup: boolean;
  /** Whether its schedule is remembered across restarts. */
  readonly useMonitor: boolean;
}

export interface HttpTrigger {
  readonly kind: 'http';
  readonly bindingName: string;
  /** The route after the prefix of host.json, such as `runs/{runId}`. */
  readonly route: string;
  readonly methods: readonly string[];
  readonly authLevel: AuthLevel;
}

/** A function that this host can run. */
export interface FunctionDescription {
  readonly name: string;
  readonly trigger: TimerTrigger | HttpTrigger;
  readonly retry: RetryPolicy | null;
  /** Switched off by the setting `AzureWebJobs.<name>.Disabled`. */
  readonly isDisabled: boolean;
  readonly metadata: FunctionMetadata;
}

/** What an app registered: what can be run, and by function what cannot and why. */
export interface FunctionCatalog {
  readonly functions: readonly FunctionDescription[];
  readonly errors: Readonly<Record<string, string>>;
}
