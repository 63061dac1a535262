import type { Cancel, Clock } from './clock.ts';

interface PendingTimer {
  readonly dueMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/**
 * A clock that stands still until it is told to move. Timers fire in the order of their due times,
 * each at exactly its own time, and what they start is given the chance to finish before the next.
 */
export class ManualClock implements Clock {
  #nowMs: number;
  #order = 0;
  #settle: () => Promise<void> = nextTurn;
  readonly #pending = new Set<PendingTimer>();

  constructor(start: Date) {
    this.#nowMs = start.getTime();
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  setTimeout(callback: () => void, delayMs: number): Cancel {
    const dueMs = this.#nowMs + Math.max(0, delayMs);
    const timer: PendingTimer = { dueMs, order: this.#order++, callback };
    this.#pending.add(timer);
    return () => {
      this.#pending.delete(timer);
    };
  }

  /**
   * What to wait for after each timer, such as `() => host.whenIdle()`; without it, for all that
   * needs nothing but this process.
   */
  settleWith(settle: () => Promise<void>): void {
    this.#settle = settle;
  }

  async advance(durationMs: number): Promise<void> {
    await this.advanceTo(new Date(this.#nowMs + durationMs));
  }

  async advanceTo(target: Date): Promise<void> {
    await this.#settle();
    for (let timer = this.#earliest(); timer !== null; timer = this.#earliest()) {
      if (timer.dueMs > target.getTime()) break;
      this.#pending.delete(timer);
      this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
      timer.callback();
      await this.#settle();
    }
    this.#nowMs = Math.max(this.#nowMs, target.getTime());
  }

  #earliest(): PendingTimer | null {
    let earliest: PendingTimer | null = null;
    for (const timer of this.#pending) {
      const sooner = earliest === null || timer.dueMs < earliest.dueMs;
      if (sooner || (timer.dueMs === earliest?.dueMs && timer.order < earliest.order)) {
        earliest = timer;
      }
    }
    return earliest;
  }
}

/** Lets everything run that does not wait for the outside of this process. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
