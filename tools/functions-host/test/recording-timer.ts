import { ManualClock } from '../src/clock/manual-clock.ts';
import { createTimerSchedule } from '../src/schedule/timer-schedule.ts';
import type { HostStateStore } from '../src/state/host-state-store.ts';
import { MemoryStateStore } from '../src/state/memory-state-store.ts';
import { ScheduleMonitor } from '../src/timers/schedule-monitor.ts';
import { type TimerFiring, TimerListener } from '../src/timers/timer-listener.ts';

/** The blob under which the timers of these tests keep their status. */
export const statusBlobName = 'timers/host/Host.Functions.daily/status';

export interface RecordingTimer {
  readonly clock: ManualClock;
  readonly store: HostStateStore;
  readonly listener: TimerListener;
  /** Each firing with its time, such as `2026-11-02T09:00:00Z schedule`. */
  readonly fired: string[];
  readonly firings: TimerFiring[];
  readonly failures: string[];
}

/** A timer on a clock of its own that writes down when it fired. */
export function createRecordingTimer(args: {
  readonly schedule: string;
  readonly start?: string;
  readonly clock?: ManualClock;
  readonly store?: HostStateStore;
  readonly runOnStartup?: boolean;
  readonly withoutMonitor?: boolean;
  readonly work?: () => Promise<void>;
}): RecordingTimer {
  const clock = args.clock ?? new ManualClock(new Date(args.start ?? '2026-11-02T00:00:00Z'));
  const store = args.store ?? new MemoryStateStore(clock);
  const fired: string[] = [];
  const firings: TimerFiring[] = [];
  const failures: string[] = [];
  const monitor = new ScheduleMonitor({
    store,
    blobName: statusBlobName,
    logFailure: (message) => failures.push(message),
  });
  const listener = new TimerListener({
    schedule: createTimerSchedule({ schedule: args.schedule, settings: {} }),
    monitor: args.withoutMonitor === true ? null : monitor,
    clock,
    runOnStartup: args.runOnStartup ?? false,
    fire: async (firing) => {
      fired.push(`${clock.now().toISOString().replace('.000Z', 'Z')} ${firing.reason}`);
      firings.push(firing);
      await args.work?.();
    },
  });
  return { clock, store, listener, fired, firings, failures };
}
