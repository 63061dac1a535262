import type { Cancel, Clock } from '../clock/clock.ts';
import type { TimerSchedule } from '../schedule/timer-schedule.ts';
import type { ScheduleMonitor } from './schedule-monitor.ts';
import { beginningOfTime, type ScheduleStatus } from './schedule-status.ts';

/** Why a timer fires. */
export type TimerReason = 'schedule' | 'past-due' | 'run-on-startup';

/** One firing of a timer, as the function that it triggers is told of it. */
export interface TimerFiring {
  readonly reason: TimerReason;
  readonly isPastDue: boolean;
  /** Null for a timer without a monitor. */
  readonly scheduleStatus: ScheduleStatus | null;
}

/** What waits for a trigger, and can be started and stopped. */
export interface Listener {
  start(): Promise<void>;
  /** Fires no more; resolves when a run that is under way has ended and is recorded. */
  stop(): Promise<void>;
  /** The instance is gone: fires no more, and nothing that is under way is recorded. */
  abandon(): void;
}

/** The longest wait that the real host's timer takes in one piece. */
const longestWaitMs = 24 * 86_400_000;
const shortestWaitMs = 1;

/**
 * Fires a function on its schedule, one run at a time.
 * Source: azure-webjobs-sdk-extensions TimerListener.cs.
 */
export class TimerListener implements Listener {
  readonly #schedule: TimerSchedule;
  readonly #monitor: ScheduleMonitor | null;
  readonly #clock: Clock;
  readonly #runOnStartup: boolean;
  readonly #fire: (firing: TimerFiring) => Promise<void>;
  #status: ScheduleStatus | null = null;
  #cancelTimer: Cancel = () => undefined;
  #running: Promise<void> = Promise.resolve();
  #isStopped = false;
  #isAbandoned = false;

  constructor(args: {
    readonly schedule: TimerSchedule;
    /** Null when the timer keeps no status. */
    readonly monitor: ScheduleMonitor | null;
    readonly clock: Clock;
    readonly runOnStartup: boolean;
    /** Runs the function, its retries included. A rejection does not end the schedule. */
    readonly fire: (firing: TimerFiring) => Promise<void>;
  }) {
    this.#schedule = args.schedule;
    this.#monitor = args.monitor;
    this.#clock = args.clock;
    this.#runOnStartup = args.runOnStartup;
    this.#fire = args.fire;
  }

  /** When it is due next, null before it has started. */
  get next(): Date | null {
    return this.#status?.next ?? null;
  }

  async start(): Promise<void> {
    this.#isStopped = false;
    const now = this.#clock.now();
    const found = (await this.#monitor?.check(this.#schedule, now)) ?? {
      status: {
        last: beginningOfTime,
        next: this.#schedule.nextOccurrence(now),
        lastUpdated: beginningOfTime,
      },
      isPastDue: false,
    };
    this.#status = found.status;
    if (found.isPastDue) this.#runAfter(shortestWaitMs, 'past-due');
    else if (this.#runOnStartup) this.#runAfter(shortestWaitMs, 'run-on-startup');
    else this.#armForNext();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer();
    await this.#running;
  }

  abandon(): void {
    this.#isStopped = true;
    this.#isAbandoned = true;
    this.#cancelTimer();
  }

  #armForNext(): void {
    if (this.#status === null) return;
    const waitMs = this.#status.next.getTime() - this.#clock.now().getTime();
    // A time that has passed meanwhile is run at once, not skipped.
    this.#runAfter(Math.max(shortestWaitMs, waitMs), 'schedule');
  }

  #runAfter(waitMs: number, reason: TimerReason): void {
    if (this.#isStopped) return;
    if (waitMs > longestWaitMs) {
      this.#cancelTimer = this.#clock.setTimeout(() => {
        this.#runAfter(waitMs - longestWaitMs, reason);
      }, longestWaitMs);
      return;
    }
    this.#cancelTimer = this.#clock.setTimeout(() => {
      this.#running = this.#run(reason).finally(() => {
        this.#armForNext();
      });
    }, waitMs);
  }

  async #run(reason: TimerReason): Promise<void> {
    const status = this.#status;
    if (status === null || this.#isStopped) return;
    const startedAt = this.#clock.now();
    const isPastDue = reason === 'past-due';
    const scheduleStatus = this.#monitor === null ? null : status;
    try {
      await this.#fire({ reason, isPastDue, scheduleStatus });
    } catch {
      // The run's own failure is logged where it happened; the schedule goes on.
    }
    if (this.#isAbandoned) return;
    const firedEarly = reason === 'schedule' && status.next.getTime() > startedAt.getTime();
    const last = firedEarly ? status.next : startedAt;
    this.#status = { last, next: this.#schedule.nextOccurrence(last), lastUpdated: last };
    await this.#monitor?.write(this.#status);
  }
}
