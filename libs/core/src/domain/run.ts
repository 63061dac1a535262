import type { ErrorCode } from './errors.ts';

/** Where a run happens. `preview` is the stage of every `pr-N` stack. */
export const stages = ['embedded', 'local', 'preview', 'dev', 'staging', 'prod'] as const;
export type Stage = (typeof stages)[number];

/** `paper` never sends an order: a fill model stands in. */
export const tradingModes = ['paper', 'live'] as const;
export type TradingMode = (typeof tradingModes)[number];

export const runStatuses = ['traded', 'nothing', 'skipped', 'partial', 'halted', 'failed'] as const;

/**
 * How a run ended. `traded`: every order sent was settled and something was bought. `nothing`: no
 * order was due or none was filled. `skipped`: the slot had been run before, or was late. `partial`:
 * some orders were settled, others were not sent or are unknown. `halted`: the kill switch was on.
 */
export type RunStatus = (typeof runStatuses)[number];

/** A run in one value: what `mispriced run --json` prints, on failure too. */
export interface RunSummary {
  readonly status: RunStatus;
  readonly runId: string;
  /** The scheduled moment this run is for, UTC, ISO 8601. */
  readonly slot: string;
  readonly stage: Stage;
  readonly mode: TradingMode;
  /** Entries the venue sent. */
  readonly listed: number;
  /** Entries dropped before a score, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Entries with own data. */
  readonly matched: number;
  readonly scored: number;
  /** Entries decided to buy. */
  readonly decided: number;
  /** Securities of which something was bought. */
  readonly bought: number;
  /** Dollars, two decimals; null where the run ended before the venue told. */
  readonly cashBefore: string | null;
  /** Dollars, two decimals. */
  readonly spent: string;
  readonly model: { readonly name: string; readonly version: string } | null;
  /** Where the ledger, the report and the decisions are; null where the run wrote none. */
  readonly ledger: string | null;
  readonly report: string | null;
  readonly decisions: string | null;
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly fix: string;
  } | null;
}

/** The books of an account: those of what is on paper stand apart, and share neither limits nor lease. */
export function booksOf(account: string, mode: TradingMode): string {
  return mode === 'paper' ? `paper-${account}` : account;
}

/** `<strategy>-<slot as yyyymmddThhmmssZ>`. */
export function runIdFor(strategy: string, slot: Date): string {
  return `${strategy}-${compactSlot(slot)}`;
}

/** A slot as ids have it: `yyyymmddThhmmssZ`. */
export function compactSlot(slot: Date): string {
  return slot
    .toISOString()
    .replace(/\.\d{3}/, '')
    .replaceAll(/[-:]/g, '');
}
