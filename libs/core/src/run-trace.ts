import type {
  Decision,
  DroppedListing,
  ModelManifest,
  Money,
  OrderIntent,
} from './domain/index.ts';
import type { StopReason } from './orders/index.ts';
import type { OwnDataSource } from './pipeline-parts.ts';

/** What a run has learned so far. It grows stage by stage, so that a failure can tell how far it came. */
export interface RunTrace {
  /** The day the own data was joined as of. */
  asOf: string | null;
  listed: number;
  dropped: readonly DroppedListing[];
  matched: number;
  scored: number;
  decisions: readonly Decision[];
  cashBefore: Money | null;
  manifest: ModelManifest | null;
  ownDataSources: readonly OwnDataSource[];
  /** The orders decided, in the order in which they are sent. */
  intents: readonly OrderIntent[];
  stopped: StopReason | null;
  /** True where trading was off before anything was decided. */
  halted: boolean;
  readonly warnings: string[];
}

export function newRunTrace(): RunTrace {
  return {
    asOf: null,
    listed: 0,
    dropped: [],
    matched: 0,
    scored: 0,
    decisions: [],
    cashBefore: null,
    manifest: null,
    ownDataSources: [],
    intents: [],
    stopped: null,
    halted: false,
    warnings: [],
  };
}
