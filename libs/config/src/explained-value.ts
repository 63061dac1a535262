import type { Source } from './problem.ts';

/** One value of the configuration with its origin. Secrets show as `***`. */
export interface ExplainedValue {
  readonly key: string;
  /** Null where the key is not set. */
  readonly value: string | null;
  readonly secret: boolean;
  /** Null where the key is not set. */
  readonly source: Source | null;
  /** The layers that were overruled, nearest first. */
  readonly overruled: readonly Source[];
}
