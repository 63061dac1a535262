import type { TraceEntry } from './trace-entry.ts';

/** Something to happen on the true time line. */
export interface Scheduled {
  /** True time; what lies in the past happens now. */
  readonly atMilliseconds: number;
  /** Whether the history may end before it; false unless given. */
  readonly isBackground?: boolean;
  readonly act: () => void;
}

/** What hosts need of the time line they are on. */
export interface Kernel {
  /** True time. */
  nowMilliseconds(): number;
  /** @returns Takes it back. */
  schedule(event: Scheduled): () => void;
  /** The host's code runs next, until nothing of it is left to do without time passing. */
  takeTurn(host: string): void;
  hasTurn(host: string): boolean;
  /** Real work that must be done before time passes. */
  addRealWork(work: { readonly done: Promise<void>; readonly deliver: () => void }): void;
  countTask(change: 1 | -1): void;
  record(entry: Omit<TraceEntry, 'atMilliseconds'>): void;
  /** Milliseconds by which a timer is late, or early where negative. */
  drawTimerJitter(): number;
  /** Ends the history: its machinery, not the product, is at fault. */
  fail(error: Error): void;
}
