import type {
  CalendarDate,
  DecisionLimits,
  FeatureSet,
  Money,
  Stage,
  TradingMode,
  Venue,
} from './domain/index.ts';
import type { OwnDataSet } from './enrich/index.ts';
import type { ReleaseRule } from './ledger/index.ts';
import type { Model } from './score/index.ts';
import type { LedgerBook } from './ledger-book.ts';
import type { RunTimes } from './run-times.ts';
import type { HostClocks, KillSwitch, RunArchive } from './stores/index.ts';

/** A model ready to score, and what a person should know about how it was chosen. */
export interface OpenedModel {
  readonly model: Model;
  /** Set where the live model failed its checks and an older one stands in. */
  readonly warning: string | null;
}

/** Which file an own data set was read from. */
export interface OwnDataSource {
  readonly name: string;
  readonly where: string;
  readonly sha256: string;
}

/** Own data ready to join. */
export interface OpenedOwnData {
  readonly sets: readonly OwnDataSet[];
  readonly sources: readonly OwnDataSource[];
}

/** A run that begins long after its slot, and what the strategy wants done then. */
export interface Lateness {
  readonly lateSeconds: number;
  readonly policy: 'run' | 'skip' | 'paper';
}

/** What decides a run, whatever happened before: the app's `compose.ts` makes it from the config. */
export interface RunSettings {
  readonly strategy: string;
  /** The configured name of the account: its ledger, lease, limits and kill switch go by it. */
  readonly account: string;
  readonly slot: Date;
  readonly stage: Stage;
  readonly mode: TradingMode;
  readonly venue: Venue;
  /** True for a market of our own making: nothing about it is real. */
  readonly simulatedMarket: boolean;
  readonly openModel: () => Promise<OpenedModel>;
  readonly openOwnData: (features: FeatureSet) => Promise<OpenedOwnData>;
  /** Joins as of this day; null takes the day of the venue's listing. */
  readonly asOf: CalendarDate | null;
  /** Buy where q - r is below minus this. */
  readonly threshold: number;
  readonly limits: DecisionLimits;
  /** Dollars to spend at most, where the venue's cash is not all for this strategy. */
  readonly cashLimit: Money | null;
  /** Null for a run in time. */
  readonly lateness: Lateness | null;
  /** A run stops before its next order once it has taken longer. */
  readonly timeoutSeconds: number;
  /** The configuration without secrets, for the archive. */
  readonly configuration: unknown;
  readonly killSwitch: KillSwitch;
  readonly archive: RunArchive;
  readonly batchSize: number;
  /** What it takes to believe that an order was not taken. */
  readonly releaseRule: ReleaseRule;
  readonly clocks: HostClocks;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly onProgress: (message: string) => void;
}

/** A run that holds the lease and knows what came before it. */
export interface PipelineParts extends RunSettings {
  readonly runId: string;
  /** The account's runs so far; one of the same slot is this run, resumed. */
  readonly book: LedgerBook;
  readonly times: RunTimes;
  /** Throws when this run may not act any more. */
  readonly ensureOnlyRun: () => Promise<void>;
  /** Learns the store's time anew; false where it cannot be had. */
  readonly learnTime: () => Promise<boolean>;
  /** Whether it is certain, without asking anybody, that this run alone may act. */
  readonly isSurelyAlone: () => boolean;
}
