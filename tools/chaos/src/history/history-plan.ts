import type { Interruption } from '../time/host.ts';
import type { FillConduct, OrderConduct, ReadConduct } from '../market/conduct.ts';
import type { MarketProfile } from '../market/market-profile.ts';
import type { PersonAction } from '../market/person.ts';
import type { PlannedFault, StorageProfile } from '../storage/index.ts';

/** The accounts that there are: each has a key and an account of its own at the market. */
export const accountNames = ['main', 'second'] as const;
export type AccountName = (typeof accountNames)[number];

/** Dollars, as the configuration has them. */
export interface PlannedLimits {
  readonly perOrder: string;
  readonly perRun: string;
  readonly perDay: string;
  readonly perMonth: string;
  /** For each group of listings. */
  readonly perGroup: string;
  /** Every order is a multiple of it. */
  readonly step: string;
}

/** Something that befalls a host at one of its effects. */
export interface PlannedInterruption {
  /** How the effect's name begins, such as `market POST` or `storage append-block`. */
  readonly effect: string;
  /** The how manieth of these, from 1. */
  readonly occurrence: number;
  readonly moment: 'before' | 'after';
  readonly interruption: Interruption;
}

/** One execution of the daily job, on a host of its own; a platform's retry is one more. */
export interface PlannedRun {
  /** The host's name. */
  readonly host: string;
  /** Milliseconds after the history's beginning. */
  readonly afterMilliseconds: number;
  /** ISO 8601, UTC. */
  readonly slot: string;
  readonly strategy: string;
  readonly account: AccountName;
  readonly mode: 'live' | 'paper';
  readonly limits: PlannedLimits;
  readonly batchSize: number;
  /** Dollars to spend at most where not all cash is for this strategy; null for no such limit. */
  readonly cashLimit: string | null;
  /** What it does where it begins long after its slot. */
  readonly latePolicy: 'run' | 'skip' | 'paper';
  /** How far its wall clock is ahead. */
  readonly wallOffsetMilliseconds: number;
  readonly interruptions: readonly PlannedInterruption[];
}

/** What a person can do to the product. */
export const deeds = ['halt', 'resume', 'reconcile', 'close', 'accept-missing', 'migrate'] as const;

/** Something that a person does to the product. */
export interface PlannedOperation {
  /** The host's name. */
  readonly host: string;
  /** Milliseconds after the history's beginning. */
  readonly afterMilliseconds: number;
  /**
   * `close`: with the orders that surely never reached the market. `accept-missing`: what was bought and
   * is gone was sold. `migrate`: carries over the ledger of the first version.
   */
  readonly deed: (typeof deeds)[number];
  readonly account: AccountName;
}

/** What a market does of its own accord: drawn, or written down. */
export type PlannedConduct =
  | { readonly kind: 'drawn'; readonly profile: MarketProfile }
  | {
      readonly kind: 'written';
      /** For the first `POST` of orders, the second and so on; the last one for all later ones. */
      readonly orders: readonly Partial<OrderConduct>[];
      readonly fill: Partial<FillConduct>;
      readonly read: Partial<ReadConduct>;
    };

/** An order of a ledger of the first version, for so many dollars of a loan. */
export interface EarlierOrder {
  readonly loanId: number;
  readonly dollars: number;
  /** `lost`: it was bought, and the run did not live to write that down. */
  readonly end: 'filled' | 'refused' | 'lost' | 'never-sent';
}

/** What version 0.1.0 left behind for the account `main`, the day before the history begins. */
export interface FirstLedger {
  /** The strategy that it is named after. */
  readonly strategy: string;
  readonly orders: readonly EarlierOrder[];
}

/** A whole history, as a value: what is not written here is drawn from its seed by name. */
export interface HistoryPlan {
  readonly seed: number;
  /** ISO 8601, UTC. */
  readonly startsAt: string;
  readonly loans: number;
  /** Dollars in each account. */
  readonly cash: string;
  readonly requestsPerSecond: number | null;
  /** The hour of the day (UTC) in which the market takes no orders; null where it never closes. */
  readonly closedHour: number | null;
  /** How long readings must show nothing of an order whose attempt nobody saw end. */
  readonly releaseAfterHours: number;
  readonly firstLedger: FirstLedger | null;
  readonly conduct: PlannedConduct;
  /** By the market's own moments, milliseconds after the beginning. */
  readonly person: readonly PersonAction[];
  readonly storage: StorageProfile | null;
  /** Storage faults written down one by one. */
  readonly storageFaults: readonly PlannedFault[];
  readonly runs: readonly PlannedRun[];
  readonly operations: readonly PlannedOperation[];
}
