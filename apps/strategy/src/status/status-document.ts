import type { ExpectationAnswer } from './answer-expectation.ts';
import type { HealthCheck } from './check-health.ts';

/** A run as the status page shows it. */
export interface StatusRun {
  readonly runId: string;
  readonly slot: string;
  readonly mode: string;
  /** `open` while it runs, or where it was killed and not yet settled. */
  readonly status: string;
  /** Dollars, two decimals; null while it is open. */
  readonly spent: string | null;
  readonly errorCode: string | null;
}

/** What the function `status` answers, as JSON. It holds no secret. */
export interface StatusDocument {
  readonly healthy: boolean;
  readonly stage: string | null;
  readonly strategy: string | null;
  /** The books that its runs keep: the configured account, or its paper ones. */
  readonly account: string | null;
  readonly mode: string | null;
  /** When this was written, UTC, ISO 8601. */
  readonly at: string;
  readonly release: {
    /** SHA-256 of the manifest in the package that answers; null where it runs from the sources. */
    readonly content: string | null;
    readonly package: string | null;
    readonly commit: string | null;
  };
  /** The next slot, UTC, ISO 8601; null where nothing is due. */
  readonly nextRun: string | null;
  /** The latest first. */
  readonly lastRuns: readonly StatusRun[];
  readonly model: {
    readonly name: string;
    readonly version: string;
    readonly promotedAt: string;
  } | null;
  readonly ownData: readonly {
    readonly set: string;
    readonly publishedAt: string;
    readonly sha256: string;
  }[];
  /** Why trading is off; null while it is allowed. */
  readonly halted: string | null;
  readonly health: readonly HealthCheck[];
  /** Only for who asked whether the app has a certain secret. */
  readonly expected?: ExpectationAnswer;
}
