import type { LedgerEntry, LedgerRun, RunSummary } from '@mispriced/core';
import type { DeployResult } from '@mispriced/deploy';
import type { PackageFile } from './strategy-package.ts';

/** How a site of the local cloud is: `GET /_control/sites/NAME`. */
export interface SiteReport {
  readonly id: string;
  readonly name: string;
  readonly state: 'running' | 'starting' | 'stopped' | 'failed';
  readonly reason: string | null;
  /** SHA-256 of the package that runs. */
  readonly package: string | null;
  readonly logFile: string;
  /** Of the app's own process; null while there is none. */
  readonly processId: number | null;
  /** Latest last; times are ISO 8601. */
  readonly restarts: readonly {
    readonly why: 'start' | 'change' | 'deployment' | 'retry';
    readonly downAt: string;
    readonly upAt: string | null;
  }[];
}

/** What the app's function `status` says, in part. */
export interface StackStatus {
  readonly healthy: boolean;
  readonly release: { readonly package: string | null; readonly content: string | null };
  readonly health: readonly {
    readonly name: string;
    readonly healthy: boolean;
    readonly detail: string;
    readonly fix: string | null;
  }[];
}

/** An environment of a rehearsal that is up. */
export interface RehearsedStack {
  readonly name: string;
  /** As `mispriced outputs` gives them. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Writes secrets with `mispriced secrets set`, by the settings they are for. */
  setSecrets(values: Readonly<Record<string, string>>): Promise<void>;
  /**
   * `mispriced deploy` with the real package, or another, and the demo files for a bootstrap.
   *
   * @param options.words Further words of the command line, such as `['--now']`
   * @throws MispricedError as the command said it
   */
  deploy(options?: {
    package?: Pick<PackageFile, 'file'>;
    bootstrap?: boolean;
    words?: readonly string[];
  }): Promise<DeployResult>;
  /** The words of that command line, for `rehearsal.start`. */
  deployWords(options?: Parameters<RehearsedStack['deploy']>[0]): Promise<readonly string[]>;
  /** Changes app settings by the resource manager, null for none; the next `up` undoes it. */
  changeSettings(changes: Readonly<Record<string, string | null>>): Promise<void>;
  /** Runs the timer `daily-trade` now and waits for its end; its slot is the last that was due. */
  tick(): Promise<RunSummary>;
  /** The runs in the ledger, in the order they began. */
  runs(): Promise<readonly LedgerRun[]>;
  /** Every line of the ledger as it was written. */
  ledger(): Promise<readonly LedgerEntry[]>;
  /** Waits for a run that began after a moment and has ended, and gives it. */
  waitForRun(options?: { after?: Date; timeoutSeconds?: number }): Promise<LedgerRun>;
  /** What the app's function `status` answers; null while it does not. */
  status(): Promise<StackStatus | null>;
  /** How its site is, and when it was down. */
  site(): Promise<SiteReport>;
}
