import type { TimerSchedule } from '../schedule/timer-schedule.ts';
import type { HostStateStore } from '../state/host-state-store.ts';
import {
  beginningOfTime,
  isSet,
  parseScheduleStatus,
  type ScheduleStatus,
  scheduleStatusToJson,
} from './schedule-status.ts';

/** What a timer finds when it starts. */
export interface PastDueCheck {
  readonly status: ScheduleStatus;
  /** True when at least one occurrence passed while no host was running. */
  readonly isPastDue: boolean;
}

/**
 * Remembers a timer's schedule across lives of the host, so that a missed run is noticed.
 * Source: azure-webjobs-sdk-extensions ScheduleMonitor.cs, StorageScheduleMonitor.cs.
 */
export class ScheduleMonitor {
  readonly #store: HostStateStore;
  readonly #blobName: string;
  readonly #logFailure: (message: string) => void;

  constructor(args: {
    readonly store: HostStateStore;
    readonly blobName: string;
    readonly logFailure: (message: string) => void;
  }) {
    this.#store = args.store;
    this.#blobName = args.blobName;
    this.#logFailure = args.logFailure;
  }

  /** The stored status, null where this timer has never been started. */
  async read(): Promise<ScheduleStatus | null> {
    const text = await this.#store.read(this.#blobName);
    return text === null ? null : parseScheduleStatus(text);
  }

  /** Best effort: a timer whose status cannot be written goes on, and the failure is logged. */
  async write(status: ScheduleStatus): Promise<void> {
    try {
      await this.#store.write(this.#blobName, JSON.stringify(scheduleStatusToJson(status)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#logFailure(`failed to update the timer trigger status: ${reason}`);
    }
  }

  /**
   * Compares what was stored with the schedule of today. A timer that starts for the first time, or
   * whose schedule was changed, is recorded anew and is not past due.
   */
  async check(schedule: TimerSchedule, now: Date): Promise<PastDueCheck> {
    const stored = await this.read();
    if (stored === null) {
      const next = schedule.nextOccurrence(now);
      await this.write({ last: beginningOfTime, next, lastUpdated: now });
      return {
        status: { last: beginningOfTime, next, lastUpdated: beginningOfTime },
        isPastDue: false,
      };
    }
    const status = await this.#followSchedule({ stored, schedule, now });
    return { status, isPastDue: now.getTime() > status.next.getTime() };
  }

  async #followSchedule(args: {
    readonly stored: ScheduleStatus;
    readonly schedule: TimerSchedule;
    readonly now: Date;
  }): Promise<ScheduleStatus> {
    let lastUpdated = args.now;
    if (isSet(args.stored.last)) lastUpdated = args.stored.last;
    else if (isSet(args.stored.lastUpdated)) lastUpdated = args.stored.lastUpdated;
    let next = args.schedule.nextOccurrence(lastUpdated);
    if (args.stored.next.getTime() === next.getTime()) return args.stored;
    if (args.now.getTime() > next.getTime()) {
      lastUpdated = args.now;
      next = args.schedule.nextOccurrence(args.now);
    }
    const changed = { last: beginningOfTime, next, lastUpdated };
    await this.write(changed);
    return changed;
  }
}
