import type { Clock } from '../clock/clock.ts';
import type { Activity } from '../invocation/activity.ts';
import type { HostLog } from '../logs/host-log.ts';
import type { HostStateStore } from '../state/host-state-store.ts';

/** What stays the same through all lives of a host. */
export interface HostContext {
  readonly clock: Clock;
  readonly log: HostLog;
  readonly store: HostStateStore;
  readonly activity: Activity;
  readonly random: () => number;
  readonly createId: () => string;
  readonly runTimers: boolean;
  readonly initializationTimeoutMs: number;
  readonly appFollowsClock: boolean;
}
