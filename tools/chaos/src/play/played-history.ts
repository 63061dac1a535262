import type { RunSummary } from '@mispriced/core';
import type {
  AccountName,
  HistoryPlan,
  PlannedOperation,
  PlannedRun,
} from '../history/history-plan.ts';
import type { MarketHistory } from '../market/market-history.ts';
import type { StorageRequest } from '../storage/index.ts';
import type { EffectPoint, Interruption } from '../time/host.ts';
import type { TraceEntry } from '../time/trace-entry.ts';

/** What became of one execution of the job. */
export interface PlayedRun {
  readonly plan: PlannedRun;
  /** True time. */
  readonly startedAtMilliseconds: number;
  /** How it went about it where it began too late, by its own clock. */
  readonly late: PlannedRun['latePolicy'] | null;
  readonly outcome:
    | { readonly kind: 'ended'; readonly summary: RunSummary }
    | { readonly kind: 'threw'; readonly problem: string }
    | { readonly kind: 'killed' }
    | { readonly kind: 'running' };
}

/** What a person did, and when the product said that it was done; null where it never did. */
export interface PlayedOperation {
  readonly deed: PlannedOperation['deed'];
  readonly account: AccountName;
  readonly askedAtMilliseconds: number;
  readonly confirmedAtMilliseconds: number | null;
  readonly problem: string | null;
}

/** A request for orders as it was handed to the network, before anything could befall it. */
export interface SentOrders {
  readonly host: string;
  readonly account: AccountName;
  readonly atMilliseconds: number;
  readonly body: string;
  /** How long each file of the ledger was then, in bytes. */
  readonly ledgerLengths: ReadonlyMap<string, number>;
}

/** Lines that the store said it had written. */
export interface AcknowledgedLines {
  readonly host: string;
  readonly path: string;
  readonly offset: number;
  readonly text: string;
}

/** All that is known of a history once it is over: what a judge needs, and nothing of the product's. */
export interface PlayedHistory {
  readonly plan: HistoryPlan;
  readonly runs: readonly PlayedRun[];
  readonly operations: readonly PlayedOperation[];
  /** What befell hosts, and at which of their effects. */
  readonly interrupted: readonly {
    readonly point: EffectPoint;
    readonly kind: Interruption['kind'];
    /** Whether no clock of the host has noticed it. */
    readonly isUnnoticed: boolean;
  }[];
  /** How often the platform ended a host that was frozen. */
  readonly endedWhileFrozen: number;
  readonly sent: readonly SentOrders[];
  readonly acknowledged: readonly AcknowledgedLines[];
  readonly markets: ReadonlyMap<AccountName, MarketHistory>;
  readonly storageRequests: readonly StorageRequest[];
  /** The ledger's files at the end, by path. */
  readonly ledger: ReadonlyMap<string, string>;
  /** How the last reconciliation of each account ended; null where all was well. */
  readonly quietEnd: ReadonlyMap<AccountName, string | null>;
  readonly trace: readonly TraceEntry[];
}
