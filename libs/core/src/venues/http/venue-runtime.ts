/** What a venue's client takes from outside, so that tests own time, chance and the network. */
export interface VenueRuntime {
  readonly fetch: typeof fetch;
  /** Any clock that never goes back will do; only differences are used. */
  readonly nowMilliseconds: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A signal that aborts after so long, as `AbortSignal.timeout`. */
  readonly timeoutSignal: (milliseconds: number) => AbortSignal;
  /** 0 up to but without 1, for the jitter between attempts. */
  readonly random: () => number;
}

/** A secret that shows its value only when asked for it. */
export interface Revealable {
  reveal(): string;
}
