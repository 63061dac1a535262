import type { FreezeEffect } from './host-clocks.ts';

export type HostState = 'running' | 'frozen' | 'killed';

/** What became of a task. One of a killed host never ends: nobody learns what it would have said. */
export type TaskOutcome<Result> =
  | { readonly kind: 'running' }
  | { readonly kind: 'returned'; readonly value: Result }
  | { readonly kind: 'threw'; readonly error: unknown }
  | { readonly kind: 'killed' };

/** Hands what the world outside made of an effect back to the host; only the first call counts. */
export interface Finish<Result> {
  resolve(value: Result): void;
  reject(error: unknown): void;
}

/** A place where a host can be interrupted: as it hands something to the world, or gets it back. */
export interface EffectPoint {
  readonly host: string;
  /** Counts the effects of this host, from 1. */
  readonly number: number;
  readonly effect: string;
  readonly moment: 'before' | 'after';
}

/** What can happen to a host. */
export type Interruption =
  | { readonly kind: 'kill' }
  | ({ readonly kind: 'freeze'; readonly milliseconds: number } & FreezeEffect)
  | { readonly kind: 'step-clock'; readonly milliseconds: number };

/**
 * A machine on which the product runs, with its own clocks. Everything that the product does there
 * besides computing goes through these methods: then time stands still while it computes, a frozen
 * host resumes nothing until it thaws, and a killed one nothing ever.
 */
export interface Host {
  readonly name: string;
  readonly state: HostState;

  /**
   * Starts a program on this host, in the order of events.
   *
   * @param ended Called once in an event of its own, also for a killed host: for what comes next.
   * @returns Tells what became of it so far.
   */
  start<Result>(
    program: () => Promise<Result>,
    ended?: (outcome: TaskOutcome<Result>) => void,
  ): () => TaskOutcome<Result>;

  /** The wall clock: steps in both directions. */
  now(): Date;
  /** Since the host started; may miss freezes. */
  monotonicMilliseconds(): number;
  /** What `os.uptime()` says. */
  uptimeSeconds(): number;

  /** As a promise over `setTimeout`, which takes what is longer than 24.8 days for 1 ms. */
  sleep(milliseconds: number): Promise<void>;
  /** As `AbortSignal.timeout`. @throws RangeError for what is not a whole number of 32 bits. */
  timeoutSignal(milliseconds: number): AbortSignal;
  /** As `setInterval` with `unref`. @returns Ends it. */
  every(milliseconds: number, action: () => void): () => void;

  /**
   * Does something in the world outside (a request, say) and waits for what comes of it.
   *
   * @param name What it is, for the trace and for interruptions.
   * @param begin Hands it over: at once, or when the host thaws where it froze at this very point.
   * It schedules what happens outside and finishes whenever that is done, or never.
   */
  effect<Result>(name: string, begin: (finish: Finish<Result>) => void): Promise<Result>;
  /** The same for a world that works with promises: `perform` is its part, on true time. */
  around<Result>(name: string, perform: () => Promise<Result>): Promise<Result>;
  /**
   * Waits for real work (a file, a thread) that takes no time of the history: what undeclared work
   * sets off may come in any order. Works end in the order in which they were started.
   */
  realWork<Result>(work: () => Promise<Result>): Promise<Result>;

  interrupt(interruption: Interruption): void;
  /** Calls `listener` when the host is killed, for its connections. @returns Forgets it. */
  onKill(listener: () => void): () => void;
}
